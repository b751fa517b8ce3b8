local TEXT = 'The deficit would fall, Maria Keller said on Monday.\n\n'
  .. '“We kept our word,” Keller said. She denied that the vote was lost.\n'

-- What is drawn into the text by the namespaces whose name holds the part.
local DRAWN = [[
  local part = ...
  local out = {}
  for name, space in pairs(vim.api.nvim_get_namespaces()) do
    if name:find(part, 1, true) then
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })) do
        for _, chunk in ipairs(mark[4].virt_text or {}) do
          table.insert(out, vim.trim(chunk[1]))
        end
      end
    end
  end
  return table.concat(out, '\n')
]]

---@param editor Editor
---@param part string of a namespace's name
---@param words string
local function wait_drawn(editor, part, words)
  local drawn
  vim.wait(15000, function()
    drawn = editor:lua(DRAWN, part)
    return drawn:find(words, 1, true) ~= nil
  end, 20)
  editor.holds(drawn, words)
end

-- Runs the lens of the line with the cursor. Neovim asks for its lenses anew after each run, and until
-- it has their commands there is none to run.
---@param editor Editor
local function run_lens(editor)
  editor:wait([[(function()
    local lens = vim.lsp.codelens.get(0)[1]
    if lens and lens.command then
      vim.lsp.codelens.run()
      return true
    end
  end)()]])
end

---@type Test[]
return {
  {
    'hints say whom a pronoun means and where a source stands',
    needs = 'textDocument/inlayHint',
    function(editor)
      editor:open('a.article', TEXT)
      editor:lua('vim.lsp.inlay_hint.enable(true)')
      wait_drawn(editor, 'inlayhint', '= Maria Keller')
      wait_drawn(editor, 'inlayhint', '→ oppose?')
    end,
  },
  {
    "a lens counts a speaker's claims and goes from one to the next",
    needs = 'textDocument/codeLens',
    function(editor)
      editor:lua('vim.g.onrecord_hints = true')
      editor:open('a.article', TEXT)
      wait_drawn(editor, 'codelens', 'Maria Keller · 3 claims · 1 direct quote')
      editor:lua('vim.api.nvim_win_set_cursor(0, { 1, 30 })')
      run_lens(editor)
      editor:wait([[vim.deep_equal(vim.api.nvim_win_get_cursor(0), { 1, 0 })]])
      run_lens(editor)
      editor:wait([[vim.fn.line('.') == 3]])
    end,
  },
  {
    'names and reporting words have their colours',
    needs = 'textDocument/semanticTokens/full',
    function(editor)
      editor:open('a.article', TEXT)
      local at = [[(function()
        local out = {}
        for _, token in ipairs(vim.lsp.semantic_tokens.get_at_pos(0, %d, %d) or {}) do
          out[token.type] = true
        end
        return out.%s
      end)()]]
      editor:wait(at:format(0, 25, 'actor'))
      editor:wait(at:format(0, 38, 'cue'))
      editor.same(editor:lua([[return vim.api.nvim_get_hl(0, { name = '@lsp.type.actor' }).link]]), 'Type')
    end,
  },
}
