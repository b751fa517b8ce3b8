local TEXT = 'date 2022-10-09 [Lee]{#s1 .source} [backed]{.cue} [the vote]{.claim by=s1 stance=}.\n'

---@type Test[]
return {
  {
    'after stance= the list holds the values with their meaning',
    function(editor)
      editor:open('a.article', TEXT)
      local result = editor:ask('textDocument/completion', 'stance=')
      local meaning = {}
      for _, item in ipairs(result.items or result) do
        meaning[item.label] = item.documentation and item.documentation.value
      end
      for _, value in ipairs({ 'support', 'oppose', 'neutral', 'mixed', 'unrelated' }) do
        assert(meaning[value], value .. ' is not in the list')
      end
      editor.holds(meaning.oppose, 'The source is against it.')
    end,
  },
  {
    'one of the list is taken with the keyboard',
    function(editor)
      editor:open('a.article', TEXT)
      editor:put_cursor('stance=')
      editor:type('iopp<C-x><C-o>')
      editor:wait('vim.fn.pumvisible() == 1')
      editor:type('<C-y><Esc>')
      editor:wait([[vim.api.nvim_get_current_line():find('stance=oppose}.', 1, true)]])
    end,
  },
  {
    'the list opens as one types, where the person switched that on',
    function(editor)
      editor:lua([[
        vim.o.completeopt = 'menuone,noselect'
        vim.api.nvim_create_autocmd('LspAttach', {
          callback = function(event)
            vim.lsp.completion.enable(true, event.data.client_id, event.buf, { autotrigger = true })
          end,
        })
      ]])
      editor:open('a.article', (TEXT:gsub('stance=', 'stance')))
      editor:put_cursor('stance')
      editor:type('i=')
      editor:wait('vim.fn.pumvisible() == 1')
      local words = editor:lua([[return vim.tbl_map(function(item) return item.abbr end, vim.fn.complete_info().items)]])
      assert(vim.tbl_contains(words, 'support'), vim.inspect(words))
      editor:type('<C-n><C-y><Esc>')
      editor:wait([[vim.api.nvim_get_current_line():find('stance=' .. ... .. '}.', 1, true)]], words[1])
    end,
  },
}
