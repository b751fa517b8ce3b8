-- What the editor shows, as text: `editors/try` without a terminal.

local WIDTH = 100
local PATIENCE = 10000
local SEVERITY = { 'error', 'warning', 'information', 'hint' }

---@param text string
local function say(text)
  io.stdout:write(text, '\n')
end

---@param condition fun(): boolean
---@param problem string
local function wait(condition, problem)
  if not vim.wait(PATIENCE, condition, 10) then
    error(problem, 0)
  end
end

---@param text string
---@return integer[][] rows as first and last byte, broken after white space
local function rows(text)
  local out, start = {}, 1
  while start <= #text do
    local stop = #text
    if vim.fn.strdisplaywidth(text:sub(start)) > WIDTH then
      local at, width = start, 0
      for word in text:sub(start):gmatch('%S*%s*') do
        width = width + vim.fn.strdisplaywidth(word)
        if at > start and width > WIDTH then
          break
        end
        at = at + #word
      end
      stop = at - 1
    end
    table.insert(out, { start, stop })
    start = stop + 1
  end
  return #out > 0 and out or { { 1, 0 } }
end

---@param text string
---@param first integer byte from 1
---@param last integer
---@return integer cells
local function cells(text, first, last)
  return vim.fn.strdisplaywidth(text:sub(first, last))
end

---@param line integer from 0
---@param text string
local function say_line(line, text)
  local found = vim.diagnostic.get(0, { lnum = line })
  table.sort(found, function(a, b)
    return a.col < b.col
  end)
  for _, row in ipairs(rows(text)) do
    say((text:sub(row[1], row[2]):gsub('%s+$', '')))
    for _, diagnostic in ipairs(found) do
      local first = diagnostic.col + 1
      if first >= row[1] and (first <= row[2] or row[2] == #text) then
        local last = diagnostic.end_lnum == line and math.min(diagnostic.end_col, row[2]) or row[2]
        local marked = ('^'):rep(math.max(cells(text, first, last), 1))
        say((' '):rep(cells(text, row[1], first - 1)) .. marked)
        say(('    %s %s: %s'):format(SEVERITY[diagnostic.severity], diagnostic.code, diagnostic.message))
      end
    end
  end
end

---@param method string
---@param line integer from 0
---@param column integer byte from 0
---@return any result
local function ask(method, line, column)
  vim.api.nvim_win_set_cursor(0, { line + 1, column })
  local client = vim.lsp.get_clients({ bufnr = 0 })[1]
  local parameters = vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer, problem = client:request_sync(method, parameters, PATIENCE, vim.api.nvim_get_current_buf())
  if not answer or answer.err then
    error(('%s: %s'):format(method, problem or answer.err.message), 0)
  end
  return answer.result
end

--- The hover on `vim.g.onrecord_name`, or on the first two words with capitals that have one.
local function say_hover()
  local wanted = vim.g.onrecord_name and '()(' .. vim.pesc(vim.g.onrecord_name) .. ')' or '()(%u%l+ %u%l+)'
  for line, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    for column, name in text:gmatch(wanted) do
      local hover = ask('textDocument/hover', line - 1, column - 1)
      if hover then
        local shown = vim.lsp.util.convert_input_to_markdown_lines(hover.contents)
        say(("── K on '%s' shows:"):format(name))
        say('   ' .. table.concat(shown, '\n   '))
        return
      end
    end
  end
  say('── K shows nothing on the names of this text.')
end

--- What can follow `stance=`, asked for in a last line that is not saved.
local function say_completion()
  local typed = '[the vote]{.claim stance='
  vim.api.nvim_buf_set_lines(0, -1, -1, false, { '', typed .. '}' })
  local result = ask('textDocument/completion', vim.api.nvim_buf_line_count(0) - 1, #typed)
  vim.cmd('silent undo')
  say(("── Typing '%s' offers:"):format(typed))
  for _, item in ipairs(result and (result.items or result) or {}) do
    say('   ' .. item.label .. (item.detail and '  ' .. item.detail or ''))
  end
end

local ok, problem = pcall(function()
  wait(function()
    local client = vim.lsp.get_clients({ bufnr = 0 })[1]
    return client ~= nil and client.initialized
  end, "the server did not start; 'onrecord server' says why")
  -- An answer to a request of ours means that the text has arrived.
  ask('textDocument/hover', 0, 0)
  vim.wait(2000, function()
    return #vim.diagnostic.get(0) > 0
  end, 10)
  for line, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    say_line(line - 1, text)
  end
  say_hover()
  say('')
  say_completion()
end)
if not ok then
  io.stderr:write('editors/try: ', problem, '\n')
  vim.cmd('cquit')
end
vim.cmd('quitall!')
