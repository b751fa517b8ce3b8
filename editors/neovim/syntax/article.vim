" The markup of an article: it steps back, the words stay as they are.
" Brackets and attributes vanish where 'conceallevel' is 2 or more.

if exists('b:current_syntax')
  finish
endif

" Headers: front matter, or a date before the text on the same line.
syntax region articleFrontMatter start=/\%^---\s*$/ end=/^\(---\|\.\.\.\)\s*$/ keepend
      \ contains=articleHeaderKey,articleHeaderDate
syntax match articleHeaderKey /^\s*\(-\s\+\)\?\zs[a-z][a-z0-9/-]*\ze:\(\s\|$\)/ contained
syntax match articleHeaderDate /\<\d\{4}-\d\d-\d\d\>/ contained
syntax match articleWire /\%^\s*date\s\+\d\{4}-\d\d-\d\d\>/ contains=articleHeaderDate

" [words]{#id .class key=value}
syntax match articleOpen /\[/ conceal
syntax match articleClose /\]\ze{/ conceal nextgroup=articleAttributes
syntax region articleAttributes start=/{/ end=/}/ contained oneline conceal
      \ contains=articleId,articleClass,articlePair
syntax match articleId /#[^ \t}="]\+/ contained
syntax match articleClass /\.[^ \t}="]\+/ contained
syntax match articlePair /[^ \t}="#.][^ \t}="]*=\("\(\\.\|[^"\\]\)*"\|[^ \t}]*\)/ contained
      \ contains=articleKey,articleValue
syntax match articleKey /[^ \t}="]\+\ze=/ contained
syntax match articleValue /=\zs.\+/ contained
syntax match articleEscape /\\[][{}\\]/

" [sic] is text.
syntax match articleText /\[[^][{}]*\]{\@!/

" Comments, and what they tell Onrecord.
syntax region articleComment start=/<!--/ end=/-->/ contains=articleDirective,articleCode,@Spell
syntax match articleDirective /\<onrecord:\s*\(ignore-file\|ignore\|off\|on\)\>/ contained
syntax match articleCode /\<[A-Z]\{3}\d\d\>/ contained

highlight default link articleFrontMatter Comment
highlight default link articleHeaderKey Identifier
highlight default link articleHeaderDate Constant
highlight default link articleWire Comment
highlight default link articleOpen NonText
highlight default link articleClose NonText
highlight default link articleAttributes NonText
highlight default link articleId Tag
highlight default link articleClass Type
highlight default link articleKey Comment
highlight default link articleValue Constant
highlight default link articleEscape SpecialChar
highlight default link articleComment Comment
highlight default link articleDirective PreProc
highlight default link articleCode Constant

let b:current_syntax = 'article'
