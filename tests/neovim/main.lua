-- Runs every `*_test.lua` of this folder; see `run`.
--
-- A test file returns a list of tests. Each is a table with a name, a function that is handed an
-- editor, and optionally the LSP method the server has to offer for the test to make sense.

local here = vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2)))
package.path = here .. '/?.lua;' .. package.path
local Editor = require('editor')

local nvim, program, filter = arg[1], vim.fs.abspath(arg[2]), arg[3] or ''
local passed, failed, skipped = 0, 0, 0

---@class Test
---@field [1] string its name
---@field [2] fun(editor: Editor)
---@field needs? string LSP method

---@param name string
---@param test Test
local function run(name, test)
  local editor = Editor.start(nvim, program)
  local began = vim.uv.hrtime()
  local ok, problem = xpcall(function()
    if test.needs and not editor:offers(test.needs) then
      return 'skipped'
    end
    test[2](editor)
  end, function(message)
    return debug.traceback(message, 2)
  end)
  editor:stop()
  if ok and problem == 'skipped' then
    skipped = skipped + 1
    io.write(('skipped  %s: the server does not offer %s\n'):format(name, test.needs))
  elseif ok then
    passed = passed + 1
    io.write(('ok       %s (%d ms)\n'):format(name, (vim.uv.hrtime() - began) / 1e6))
  else
    failed = failed + 1
    io.write(('FAILED   %s\n%s\n'):format(name, problem))
  end
  io.flush()
end

local files = vim.fn.sort(vim.fn.glob(here .. '/*_test.lua', true, true))
for _, path in ipairs(files) do
  for _, test in ipairs(dofile(path)) do
    local name = vim.fs.basename(path):gsub('_test%.lua$', '') .. ': ' .. test[1]
    if name:find(filter, 1, true) then
      run(name, test)
    end
  end
end

io.write(('%d passed, %d failed%s\n'):format(passed, failed, skipped > 0 and (', %d skipped'):format(skipped) or ''))
os.exit(failed == 0 and passed > 0 and 0 or 1)
