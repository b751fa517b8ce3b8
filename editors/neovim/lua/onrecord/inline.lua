-- The server's messages in the text.
--
-- A paragraph of an article is one long, wrapped line. Neovim's own virtual lines begin under the
-- words they are about, which on the fifth row of a wrapped line lies outside the window, and its
-- virtual text keeps only a line's last message. So the messages of this server, and of no other,
-- are drawn here: all of them, whole, under the paragraph with the cursor; elsewhere the first one,
-- short. `vim.g.onrecord_inline = false` leaves everything to the person's own |vim.diagnostic| set-up.

local M = {}

--- Less room than this and a message moves below its line.
local LEAST_WIDTH = 20

---@type table<integer, integer> from the namespaces of our clients to those of what is drawn
local marks = {}

---@class onrecord.Drawn
---@field lines table<integer, vim.Diagnostic[]> by line from 0, the worst first
---@field cursor? integer line from 0 that is drawn with whole messages
---@field width? integer cells it is drawn for

---@type table<integer, table<integer, onrecord.Drawn>> by buffer and namespace
local drawn = vim.defaulttable()

---@param severity vim.diagnostic.Severity
---@return string highlight
local function highlight(severity)
  return 'DiagnosticVirtualLines'
    .. ({ 'Error', 'Warn', 'Info', 'Hint' })[severity --[[@as integer]]]
end

---@param text string
---@param width integer cells
---@return string[] rows broken at white space
local function wrap(text, width)
  local rows, row = {}, ''
  for word in text:gmatch('%S+') do
    local longer = row == '' and word or row .. ' ' .. word
    if row ~= '' and vim.fn.strdisplaywidth(longer) > width then
      table.insert(rows, row)
      row = word
    else
      row = longer
    end
  end
  table.insert(rows, row)
  return rows
end

---@param text string
---@param width integer cells
---@return string
local function cut(text, width)
  if vim.fn.strdisplaywidth(text) <= width then
    return text
  end
  while text ~= '' and vim.fn.strdisplaywidth(text) >= width do
    text = vim.fn.strcharpart(text, 0, vim.fn.strcharlen(text) - 1)
  end
  return text .. '…'
end

---@param diagnostic vim.Diagnostic
---@return string
local function code(diagnostic)
  return diagnostic.code and diagnostic.code .. ' ' or ''
end

--- All messages, whole, one below the other.
---@param found vim.Diagnostic[]
---@param width integer cells
---@return [string, string][][]
local function whole(found, width)
  -- In the order of the words they are about.
  found = vim.list_slice(found)
  table.sort(found, function(a, b)
    return a.col < b.col
  end)
  local out = {}
  for i, diagnostic in ipairs(found) do
    local group = highlight(diagnostic.severity)
    local head = (i < #found and '├ ' or '└ ') .. code(diagnostic)
    local indent = (i < #found and '│' or ' ') .. (' '):rep(vim.fn.strdisplaywidth(head) - 1)
    for j, row in ipairs(wrap(diagnostic.message, math.max(width - #indent, LEAST_WIDTH))) do
      table.insert(out, { { j == 1 and head or indent, group }, { row, group } })
    end
  end
  return out
end

--- The worst message's first sentence, and how many more there are.
---@param found vim.Diagnostic[]
---@param width integer cells
---@return [string, string][]
local function short(found, width)
  local message = found[1].message:match('^(.-[.?!]) ') or found[1].message
  local more = #found > 1 and (' +%d'):format(#found - 1) or ''
  local text = cut('■ ' .. code(found[1]) .. message, width - #more)
  return { { text, highlight(found[1].severity) }, { more, highlight(found[2] and found[2].severity or 4) } }
end

---@param buffer integer
---@param namespace integer
local function draw(buffer, namespace)
  local state = drawn[buffer][namespace]
  local window = vim.fn.bufwinid(buffer)
  if window == -1 then
    return
  end
  local info = vim.fn.getwininfo(window)[1]
  local width = info.width - info.textoff - 1
  local cursor = vim.api.nvim_win_get_cursor(window)[1] - 1
  if state.cursor == cursor and state.width == width then
    return
  end
  state.cursor, state.width = cursor, width
  vim.api.nvim_buf_clear_namespace(buffer, marks[namespace], 0, -1)
  for line, found in pairs(state.lines) do
    local text = vim.api.nvim_buf_get_lines(buffer, line, line + 1, false)[1]
    if text then
      local room = width - vim.fn.strdisplaywidth(text) - 2
      local mark ---@type vim.api.keyset.set_extmark
      if line == cursor then
        mark = { virt_lines = whole(found, width) }
      elseif room >= LEAST_WIDTH then
        mark = { virt_text = vim.list_extend({ { '  ' } }, short(found, room)) }
      else
        mark = { virt_lines = { short(found, width) } }
      end
      vim.api.nvim_buf_set_extmark(buffer, marks[namespace], line, 0, mark)
    end
  end
end

---@type vim.diagnostic.Handler
local handler = {
  show = function(namespace, buffer, diagnostics)
    if not marks[namespace] then
      return
    end
    local lines = {} ---@type table<integer, vim.Diagnostic[]>
    for _, diagnostic in ipairs(diagnostics) do
      lines[diagnostic.lnum] = lines[diagnostic.lnum] or {}
      table.insert(lines[diagnostic.lnum], diagnostic)
    end
    for _, found in pairs(lines) do
      table.sort(found, function(a, b)
        if a.severity ~= b.severity then
          return a.severity < b.severity
        end
        return a.col < b.col
      end)
    end
    drawn[buffer][namespace] = { lines = lines }
    draw(buffer, namespace)
  end,
  hide = function(namespace, buffer)
    if marks[namespace] then
      drawn[buffer][namespace] = nil
      if vim.api.nvim_buf_is_valid(buffer) then
        vim.api.nvim_buf_clear_namespace(buffer, marks[namespace], 0, -1)
      end
    end
  end,
}

--- Draws what `client` reports, unless the person turned that off.
---@param client vim.lsp.Client
function M.start(client)
  if vim.g.onrecord_inline == false then
    return
  end
  vim.diagnostic.handlers.onrecord = handler
  for _, pulled in ipairs({ false, true }) do
    local namespace = vim.lsp.diagnostic.get_namespace(client.id, pulled)
    marks[namespace] = vim.api.nvim_create_namespace('onrecord.inline.' .. namespace)
    vim.diagnostic.config({
      virtual_text = false,
      virtual_lines = false,
      severity_sort = true,
      -- Otherwise all messages go while one types, and the paragraphs jump.
      update_in_insert = true,
    }, namespace)
  end
  vim.api.nvim_create_autocmd({ 'CursorMoved', 'CursorMovedI', 'WinResized', 'BufWinEnter' }, {
    group = vim.api.nvim_create_augroup('onrecord.inline', {}),
    desc = 'Whole messages under the paragraph with the cursor',
    callback = function(event)
      for namespace in pairs(rawget(drawn, event.buf) or {}) do
        draw(event.buf, namespace)
      end
    end,
  })
end

return M
