local WIDE = [[
date 2022-10-09 Zoë Müller 😀 met “Łukasz” 𝕏 again. It is believed that the talks will resume in March.
                                                   ^^^^^^^^^^^^^^ ATT02

It is believed that the café was closed. It is understood that “naïve” 😀 plans failed.
^^^^^^^^^^^^^^ ATT02
                                         ^^^^^^^^^^^^^^^^ ATT02
]]

---@type Test[]
return {
  {
    'each warning appears once, where it is drawn',
    function(editor)
      editor:expect_drawn('wide.article', WIDE)
    end,
  },
  {
    'places are right for an editor that counts in UTF-16 units',
    function(editor)
      editor:lua([[vim.lsp.config('onrecord', { capabilities = { general = { positionEncodings = { 'utf-16' } } } })]])
      editor:expect_drawn('wide.article', WIDE)
      editor.same(editor:lua('return vim.lsp.get_clients()[1].offset_encoding'), 'utf-16')
    end,
  },
  {
    'a warning goes when the words that caused it go',
    function(editor)
      editor:open('a.article', 'date 2022-10-09 Text.\n\nIt is believed that the talks failed.\n')
      editor:wait('#vim.diagnostic.get(0) > 0')
      editor:lua('vim.api.nvim_win_set_cursor(0, { 3, 0 })')
      editor:type('3cwAnn Lee said<Esc>')
      editor:wait([[vim.api.nvim_get_current_line() == 'Ann Lee said that the talks failed.']])
      editor:wait([[not vim.iter(vim.diagnostic.get(0)):any(function(d) return d.code == 'ATT02' end)]])
      editor:type('u')
      editor:wait([[vim.iter(vim.diagnostic.get(0)):any(function(d) return d.code == 'ATT02' end)]])
    end,
  },
  {
    'a text that is no article gets none',
    function(editor)
      editor:open('notes.md', 'It is believed that the talks failed.\n')
      editor.same(editor:ask('textDocument/hover', 'It is'), vim.NIL)
      editor.same(editor:lua('return vim.diagnostic.get(0)'), {})
    end,
  },
  {
    'a plain text with the wire header is an article',
    function(editor)
      editor:expect_drawn('copy.txt', WIDE)
    end,
  },
  {
    'after the server was killed, opening the file again brings it back',
    function(editor)
      editor:open('a.article', 'date 2022-10-09 Text.\n\nIt is believed that the talks failed.\n')
      editor:wait('#vim.diagnostic.get(0) > 0')
      editor:lua([[
        for _, process in ipairs(vim.api.nvim_get_proc_children(vim.fn.getpid())) do
          vim.uv.kill(process, 'sigkill')
        end
      ]])
      editor:wait('#vim.lsp.get_clients() == 0')
      editor:wait('#vim.diagnostic.get(0) == 0')
      editor:edit('a.article')
      editor:wait('#vim.diagnostic.get(0) > 0')
    end,
  },
}
