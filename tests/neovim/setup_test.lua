---@type Test[]
return {
  {
    'checkhealth says what is there',
    function(editor)
      editor:open('a.article', 'date 2022-10-09 Text.\n')
      editor:lua('vim.cmd.checkhealth(...)', 'onrecord')
      local report = editor:lua([[return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')]])
      editor.holds(report, 'OK Neovim 0.11', 'OK onrecord ', 'OK Onrecord is enabled', 'open: a.article')
    end,
  },
  {
    'checkhealth says how to get the program',
    function(editor)
      editor:lua([[vim.lsp.config('onrecord', { cmd = { 'no-such-onrecord', 'server' } })]])
      editor:lua('vim.cmd.checkhealth(...)', 'onrecord')
      local report = editor:lua([[return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')]])
      editor.holds(report, "ERROR 'no-such-onrecord' was not found", 'cargo install')
    end,
  },
  {
    'an article wraps at words and has comments',
    function(editor)
      editor:open('a.article', 'date 2022-10-09 Text.\n')
      editor.same(
        editor:lua('return { vim.bo.filetype, vim.bo.commentstring, vim.wo.wrap, vim.wo.linebreak, vim.wo.breakindent }'),
        { 'article', '<!-- %s -->', true, true, true }
      )
      editor:lua([[vim.cmd.edit('plain.lua')]])
      editor.same(editor:lua('return { vim.wo.linebreak, vim.wo.breakindent }'), { false, false })
    end,
  },
  {
    'the help is found',
    function(editor)
      editor:lua([[vim.cmd('helptags ALL | help onrecord-inline')]])
      editor.holds(editor:line(), 'MESSAGES IN THE TEXT')
    end,
  },
}
