---@type Test[]
return {
  {
    'gra applies the fix of a message',
    needs = 'textDocument/codeAction',
    function(editor)
      editor:open('a.article', 'date 2022-10-09 [The vote]{.own why="seen} was lost.\n')
      editor:wait('#vim.diagnostic.get(0) > 0')
      editor:lua([[
        local found = vim.diagnostic.get(0)[1]
        vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
        vim.ui.select = function(items, _, choose)
          choose(items[1], 1)
        end
      ]])
      editor:type('gra')
      editor:wait_line('why="seen"} was')
    end,
  },
}
