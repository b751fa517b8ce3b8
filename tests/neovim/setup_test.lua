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
    'onrecord.toml and actors.toml are attached, other TOML is not',
    function(editor)
      for _, name in ipairs({ 'onrecord.toml', 'actors.toml' }) do
        editor:open(name, '')
        editor.same(editor:lua('return vim.bo.filetype'), 'toml')
        local root = editor:lua('return vim.lsp.get_clients({ bufnr = 0 })[1].root_dir')
        editor.same(vim.uv.fs_realpath(root), vim.uv.fs_realpath(editor.folder))
      end
      editor:write('other.toml', '')
      editor:lua([[vim.cmd.edit('other.toml')]])
      -- Whatever attaches to a file opened later would have attached to this one by then.
      editor:lua('_G.other = vim.api.nvim_get_current_buf()')
      editor:open('a.article', 'date 2022-10-09 Text.\n')
      editor.same(editor:lua('return #vim.lsp.get_clients({ bufnr = _G.other })'), 0)
    end,
  },
  {
    'inlay hints are shown when asked for',
    function(editor)
      editor:open('a.article', 'date 2022-10-09 Text.\n')
      editor.same(editor:lua('return vim.lsp.inlay_hint.is_enabled({ bufnr = 0 })'), false)
      editor:lua('vim.g.onrecord_hints = true')
      editor:open('b.article', 'date 2022-10-09 Text.\n')
      editor:wait('vim.lsp.inlay_hint.is_enabled({ bufnr = 0 })')
    end,
    needs = 'textDocument/inlayHint',
  },
  {
    'code lenses are shown when asked for',
    function(editor)
      editor:lua('vim.g.onrecord_hints = true')
      editor:example('unga-resolution.article')
      editor:wait('#vim.lsp.codelens.get(0) > 0')
    end,
    needs = 'textDocument/codeLens',
  },
  {
    'the help is found',
    function(editor)
      editor:lua([[vim.cmd('helptags ALL | help onrecord-inline')]])
      editor.holds(editor:line(), 'MESSAGES IN THE TEXT')
    end,
  },
}
