-- A real Neovim with the plugin and the server, driven from outside as a person would.

local ROOT = vim.fs.dirname(vim.fs.dirname(vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2)))))
local PATIENCE = 15000

---@class Editor
---@field channel integer
---@field folder string its working folder, empty at first
local Editor = {}
Editor.__index = Editor

---@param nvim string
---@param program string the `onrecord` to test
---@return Editor
function Editor.start(nvim, program)
  local folder = vim.fn.tempname()
  vim.fn.mkdir(folder, 'p')
  local channel = vim.fn.jobstart({ nvim, '--clean', '-n', '--embed', '--headless' }, {
    rpc = true,
    cwd = folder,
    env = { PATH = vim.fs.dirname(program) .. ':' .. vim.env.PATH, NVIM = '' },
  })
  local self = setmetatable({ channel = channel, folder = folder }, Editor)
  -- What a person's init.lua says, no more.
  self:lua(
    [[
      local plugin = ...
      vim.opt.runtimepath:append(plugin)
      -- As a plugin manager does.
      vim.cmd.runtime({ 'plugin/onrecord.lua', bang = true })
      vim.cmd('runtime! ftdetect/*.lua')
      vim.lsp.enable('onrecord')
      vim.o.lines, vim.o.columns = 40, 100
    ]],
    ROOT .. '/editors/neovim'
  )
  return self
end

function Editor:stop()
  pcall(vim.rpcnotify, self.channel, 'nvim_command', 'quitall!')
  if vim.fn.jobwait({ self.channel }, 5000)[1] == -1 then
    vim.fn.jobstop(self.channel)
  end
  vim.fn.delete(self.folder, 'rf')
end

--- Runs Lua inside and returns what it returns.
---@param code string
---@return any
function Editor:lua(code, ...)
  return vim.rpcrequest(self.channel, 'nvim_exec_lua', code, { ... })
end

--- Types `keys`, which are read as in a mapping.
---@param keys string
function Editor:type(keys)
  vim.rpcrequest(self.channel, 'nvim_input', keys)
end

--- Waits until the Lua expression is true inside, and returns its value.
---@param expression string
---@return any
function Editor:wait(expression)
  local value
  local done = vim.wait(PATIENCE, function()
    value = self:lua('return ' .. expression)
    return value and value ~= vim.NIL and value ~= 0
  end, 20)
  if not done then
    error('waited in vain for ' .. expression .. '\n' .. self:state(), 2)
  end
  return value
end

--- What somebody who reads a failed test wants to see.
---@return string
function Editor:state()
  return self:lua([[
    return table.concat({
      'buffer: ' .. vim.api.nvim_buf_get_name(0),
      table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n'),
      'diagnostics: ' .. vim.inspect(vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(0))),
      'clients: ' .. #vim.lsp.get_clients({ bufnr = 0 }),
      vim.fn.execute('messages'),
    }, '\n')
  ]])
end

--- Writes `text` to a file in the folder.
---@param name string
---@param text string
function Editor:write(name, text)
  vim.fn.writefile(vim.split(text, '\n'), self.folder .. '/' .. name, 'b')
end

--- Writes `text` to a file, opens it and waits for the server.
---@param name string
---@param text string
function Editor:open(name, text)
  self:write(name, text)
  self:edit(name)
end

--- Opens a file of the folder, or of the repository, and waits for the server.
---@param name string
function Editor:edit(name)
  self:lua('vim.cmd.edit(...)', name)
  self:wait('(vim.lsp.get_clients({ bufnr = 0 })[1] or {}).initialized')
end

--- Opens one of the repository's examples.
---@param name string
function Editor:example(name)
  self:edit(ROOT .. '/examples/' .. name)
end

--- Whether the server says it answers `method`.
---@param method string
---@return boolean
function Editor:offers(method)
  self:open('probe.article', 'date 2022-10-09 Text.\n')
  return self:lua('return vim.lsp.get_clients({ bufnr = 0 })[1]:supports_method(...)', method)
end

--- The answer to a request at the place just after `before`, which stands in the buffer once.
---@param method string
---@param before string
---@return any result
function Editor:ask(method, before)
  self:put_cursor(before)
  return self:lua(
    [[
      local method = ...
      local client = vim.lsp.get_clients({ bufnr = 0 })[1]
      local parameters = vim.lsp.util.make_position_params(0, client.offset_encoding)
      local answers = vim.lsp.buf_request_sync(0, method, parameters, 5000)
      local answer = answers and answers[client.id] or error('no answer to ' .. method)
      return answer.result or answer.err or vim.NIL
    ]],
    method
  )
end

--- Puts the cursor on the first character after `before`, or on the last of the line.
---@param before string
function Editor:put_cursor(before)
  self:lua(
    [[
      local before = ...
      for line, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
        local _, last = text:find(before, 1, true)
        if last then
          vim.o.virtualedit = 'onemore'
          vim.api.nvim_win_set_cursor(0, { line, last })
          return
        end
      end
      error('not in the buffer: ' .. before)
    ]],
    before
  )
end

---@return string
function Editor:line()
  return self:lua('return vim.api.nvim_get_current_line()')
end

--- Waits until the line with the cursor holds `part`.
---@param part string
function Editor:wait_line(part)
  self:wait(('vim.api.nvim_get_current_line():find(%q, 1, true)'):format(part))
end

--- The text of the floating window, once there is one.
---@return string
function Editor:float()
  local window = self:wait([[vim.iter(vim.api.nvim_list_wins()):find(function(window)
    return vim.api.nvim_win_get_config(window).relative ~= ''
  end)]])
  return self:lua(
    "return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(...), 0, -1, false), '\\n')",
    window
  )
end

--- Fails unless the diagnostics of the codes that are drawn stand just where they are drawn.
---
--- Under a line, `^^^^ CODE` marks characters of it; lines that begin so are no part of the text.
---@param name string the file to open
---@param drawing string
function Editor:expect_drawn(name, drawing)
  local lines, wanted, codes = {}, {}, {}
  for _, line in ipairs(vim.split(vim.trim(drawing), '\n')) do
    local blank, carets, code = line:match('^(%s*)(%^+) (%u%u%u%d%d)$')
    if code then
      local text = lines[#lines]
      local first = vim.str_byteindex(text, 'utf-32', #blank, false)
      local last = vim.str_byteindex(text, 'utf-32', #blank + #carets, false)
      table.insert(wanted, ('%d:%d-%d %s'):format(#lines, first, last, code))
      codes[code] = true
    else
      table.insert(lines, line)
    end
  end
  self:open(name, table.concat(lines, '\n') .. '\n')
  self:wait(('#vim.diagnostic.get(0) >= %d'):format(#wanted))
  local got = {}
  for _, found in ipairs(self:lua('return vim.diagnostic.get(0)')) do
    if codes[found.code] then
      table.insert(got, ('%d:%d-%d %s'):format(found.lnum + 1, found.col, found.end_col, found.code))
    end
  end
  table.sort(got)
  table.sort(wanted)
  Editor.same(got, wanted)
end

--- Fails unless the two are equal.
function Editor.same(got, wanted)
  if not vim.deep_equal(got, wanted) then
    error(('got %s\nwanted %s'):format(vim.inspect(got), vim.inspect(wanted)), 2)
  end
end

--- Fails unless `text` holds each of the others.
---@param text string
function Editor.holds(text, ...)
  for _, part in ipairs({ ... }) do
    if not text:find(part, 1, true) then
      error(("'%s' is not in:\n%s"):format(part, text), 2)
    end
  end
end

return Editor
