---@type Test[]
return {
  {
    'K on a tag says what it means',
    function(editor)
      editor:open('a.article', 'date 2022-10-09 [Lee]{#s1 .source} [backed]{.cue} [it]{.claim by=s1 stance=support}.\n')
      editor:put_cursor('stance=su')
      editor:type('K')
      editor.holds(editor:float(), 'support', 'The source is for it.', 'FAVOR')
    end,
  },
  {
    "K on a name says who it is on the article's date",
    function(editor)
      editor:example('unga-resolution.txt')
      for name, office in pairs({
        ['Prime Minister She'] = 'Prime Minister',
        ['US President J'] = 'President',
        ['Foreign Minister Bil'] = 'Foreign Minister',
        ['Army Chief General Qamar'] = 'Army Staff',
      }) do
        local hover = editor:ask('textDocument/hover', name)
        editor.holds(hover.contents.value, office)
      end
      editor:put_cursor('Prime Minister She')
      editor:type('K')
      editor.holds(editor:float(), 'Shehbaz Sharif', 'Prime Minister')
    end,
  },
}
