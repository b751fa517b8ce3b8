---@type Test[]
return {
  {
    'Onrecord mark claim wraps the selection with who says it and where they stand',
    needs = 'textDocument/codeAction',
    function(editor)
      editor:open('a.article', 'Pakistan condemned the raid.\n')
      editor:lua('vim.fn.cursor(1, 20)')
      editor:type('v7l:Onrecord mark claim<CR>')
      editor:wait_line('condemned [the raid]{#c1 .claim by=pak stance=oppose}')
    end,
  },
  {
    'Onrecord annotate drafts the article, and Onrecord remove takes the drafts out again',
    needs = 'textDocument/codeAction',
    function(editor)
      local text = 'Pakistan condemned the raid.'
      editor:open('a.article', text .. '\n')
      editor:type(':Onrecord annotate<CR>')
      editor:wait_line('[Pakistan]{#s1 .source .draft')
      editor:lua('vim.fn.search("the raid")')
      editor:type(':Onrecord accept<CR>')
      editor:wait_line('{#c1 .claim by=s1 stance=oppose}')
      editor:type('u:Onrecord remove<CR>')
      editor:wait(('vim.api.nvim_get_current_line() == %q'):format(text))
    end,
  },
}
