-- The messages that are drawn, by line from 1: `under` it or at its `end`.
local DRAWN = [[
  local out = {}
  for name, space in pairs(vim.api.nvim_get_namespaces()) do
    for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(0, space, 0, -1, { details = true })) do
      local text = function(chunks)
        return vim.trim(table.concat(vim.tbl_map(function(chunk) return chunk[1] end, chunks)))
      end
      for _, line in ipairs(mark[4].virt_lines or {}) do
        table.insert(out, { mark[2] + 1, 'under', text(line), name })
      end
      if mark[4].virt_text then
        table.insert(out, { mark[2] + 1, 'end', text(mark[4].virt_text), name })
      end
    end
  end
  return out
]]

local LONG = 'It is believed that the talks failed, and it is understood that both sides were tired. '
local TEXT = 'date 2022-10-09 Text.\n\n'
  .. LONG:rep(3)
  .. '\n\nIt is believed that the talks failed.\n'

---@param editor Editor
---@param line integer from 1
---@return string[] as `under: …` or `end: …`
local function at(editor, line)
  local out = {}
  for _, drawn in ipairs(editor:lua(DRAWN)) do
    if drawn[1] == line then
      table.insert(out, drawn[2] .. ': ' .. drawn[3])
    end
  end
  return out
end

---@type Test[]
return {
  {
    'all messages stand whole under the paragraph with the cursor, one short elsewhere',
    function(editor)
      editor:open('a.article', TEXT)
      editor:wait('#vim.diagnostic.get(0) > 3')
      editor:lua('vim.api.nvim_win_set_cursor(0, { 3, 0 })')
      editor:type('l')
      editor:wait([[vim.fn.col('.') == 2]])
      local under = at(editor, 3)
      editor.holds(table.concat(under, '\n'), 'under: ├ ATT02', 'under: └ ')
      local heads = vim.iter(under):filter(function(row)
        return row:find('^under: [├└]')
      end)
      local count = editor:lua('return #vim.diagnostic.get(0, { lnum = 2 })')
      editor.same(#heads:totable(), count)
      editor.holds(table.concat(at(editor, 5)), 'end: ■ ATT02')

      editor:type('jj')
      editor:wait([[vim.fn.line('.') == 5]])
      local short = at(editor, 3)
      editor.same(#short, 1)
      editor.holds(short[1], 'under: ■ ', ('+%d'):format(count - 1))
      editor.holds(at(editor, 5)[1], 'under: └ ATT02')
    end,
  },
  {
    'nothing is drawn wider than the window',
    function(editor)
      editor:lua('vim.o.columns = 60')
      editor:open('a.article', TEXT)
      editor:wait('#vim.diagnostic.get(0) > 3')
      for _, drawn in ipairs(editor:lua(DRAWN)) do
        assert(vim.fn.strdisplaywidth(drawn[3]) <= 60, drawn[3])
      end
    end,
  },
  {
    'one option leaves the messages to vim.diagnostic',
    function(editor)
      editor:lua('vim.g.onrecord_inline = false; vim.diagnostic.config({ virtual_text = true })')
      editor:open('a.article', TEXT)
      editor:wait('#vim.diagnostic.get(0) > 3')
      for _, drawn in ipairs(editor:lua(DRAWN)) do
        editor.holds(drawn[4], 'diagnostic.virtual_text')
      end
    end,
  },
  {
    'the messages of others are left alone',
    function(editor)
      editor:lua('vim.diagnostic.config({ virtual_text = true })')
      editor:open('a.article', TEXT)
      editor:wait('#vim.diagnostic.get(0) > 3')
      editor:lua([[
        local space = vim.api.nvim_create_namespace('somebody.else')
        vim.diagnostic.set(space, 0, { { lnum = 0, col = 0, message = 'a stranger' } })
      ]])
      local rows = vim.tbl_map(function(drawn)
        return drawn[3]
      end, editor:lua(DRAWN))
      editor.same(#vim.tbl_filter(function(row) return row:find('a stranger', 1, true) end, rows), 1)
      editor.same(#vim.tbl_filter(function(row) return row:find('^■ %u') end, rows), #at(editor, 3) + #at(editor, 5))
    end,
  },
}
