" Tells ALE of the server, for files of type `filetype`.
function! onrecord#Define(filetype) abort
  call ale#linter#Define(a:filetype, {
        \ 'name': 'onrecord',
        \ 'lsp': 'stdio',
        \ 'executable': {buffer -> get(g:, 'onrecord_path', 'onrecord')},
        \ 'command': '%e server',
        \ 'language': a:filetype,
        \ 'project_root': function('onrecord#Root'),
        \ })
endfunction

" The folder of `buffer`'s articles: where a configuration or a repository is, or its own.
function! onrecord#Root(buffer) abort
  for name in ['onrecord.toml', 'actors.toml']
    let found = findfile(name, fnameescape(expand('#' . a:buffer . ':p:h')) . ';')
    if !empty(found)
      return fnamemodify(found, ':p:h')
    endif
  endfor
  let repository = finddir('.git', fnameescape(expand('#' . a:buffer . ':p:h')) . ';')
  return empty(repository) ? expand('#' . a:buffer . ':p:h') : fnamemodify(repository, ':p:h:h')
endfunction
