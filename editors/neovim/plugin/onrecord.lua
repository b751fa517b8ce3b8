-- `:Onrecord WORD`: what has no place in the protocol's own requests.

local commands = {
  report = function()
    require('onrecord.report').open()
  end,
}

vim.api.nvim_create_user_command('Onrecord', function(given)
  local command = commands[given.args]
  if command then
    command()
  else
    vim.notify(("Onrecord has no command '%s'"):format(given.args), vim.log.levels.ERROR)
  end
end, {
  nargs = 1,
  desc = 'Onrecord: report',
  complete = function(beginning)
    return vim.tbl_filter(function(name)
      return vim.startswith(name, beginning)
    end, vim.tbl_keys(commands))
  end,
})
