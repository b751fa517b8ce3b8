-- `:Onrecord WORD`: what has no place in the protocol's own requests.

---@param given vim.api.keyset.create_user_command.command_args
local function run(given)
  local annotate = require('onrecord.annotate')
  if given.args == 'report' then
    require('onrecord.report').open()
  elseif not annotate.run(given) then
    local usage = 'annotate, accept, remove, report, or mark and one of ' .. table.concat(annotate.classes, ', ')
    vim.notify('Onrecord: ' .. usage, vim.log.levels.ERROR)
  end
end

---@param line string the command line up to the cursor
---@return string[]
local function complete(_, line, cursor)
  local words = vim.split(line:sub(1, cursor):gsub('^.-Onrecord%s+', ''), '%s+')
  local list = { 'annotate', 'accept', 'remove', 'mark', 'report' }
  if #words > 1 then
    list = words[1] == 'mark' and #words == 2 and require('onrecord.annotate').classes or {}
  end
  return vim.tbl_filter(function(word)
    return vim.startswith(word, words[#words])
  end, list)
end

vim.api.nvim_create_user_command('Onrecord', run, {
  nargs = '+',
  range = true,
  complete = complete,
  desc = 'Annotate the article or report on the folder: annotate, accept, remove, mark CLASS, report',
})
