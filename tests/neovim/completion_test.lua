local TEXT = 'date 2022-10-09 [Lee]{#s1 .source} [backed]{.cue} [the vote]{.claim by=s1 stance=}.\n'

--- Takes `word` from the list that is open, with the keyboard.
---@param editor Editor
---@param word string
local function choose(editor, word)
  editor:wait('vim.fn.pumvisible() == 1')
  for _ = 1, 20 do
    local chosen = editor:lua([[
      local list = vim.fn.complete_info()
      return (list.items[list.selected + 1] or {}).abbr
    ]])
    if chosen == word then
      editor:type('<C-y><Esc>')
      return
    end
    editor:type('<C-n>')
  end
  error(word .. ' is not in the list\n' .. editor:state())
end

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
      editor:type('i<C-x><C-o>')
      choose(editor, 'oppose')
      editor:wait_line('stance=oppose}.')
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
      choose(editor, 'mixed')
      editor:wait_line('stance=mixed}.')
    end,
  },
}
