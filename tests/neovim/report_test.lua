---@type Test[]
return {
  {
    ':Onrecord report opens the page of the folder',
    needs = 'workspace/executeCommand',
    function(editor)
      editor:lua([[
        vim.ui.open = function(address)
          _G.shown = address
          return nil, nil
        end
      ]])
      editor:open('a.article', 'date 2026-03-02 Maria Keller said the pier leaks.\n')
      editor:lua([[vim.cmd('Onrecord report')]])
      editor:wait('_G.shown')
      local path = vim.uri_to_fname(editor:lua('return _G.shown'))
      local page = table.concat(vim.fn.readfile(path), '\n')
      vim.fn.delete(path)
      editor.holds(page, '<!DOCTYPE html>', 'Maria Keller said the pier leaks.')
    end,
  },
}
