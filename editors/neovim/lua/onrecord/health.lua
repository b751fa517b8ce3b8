-- `:checkhealth onrecord`

local M = {}

---@param config vim.lsp.Config?
---@return string? program the first word of the server's command
local function program(config)
  local cmd = config and config.cmd
  return type(cmd) == 'table' and cmd[1] or nil
end

local function neovim()
  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok('Neovim ' .. version)
  else
    vim.health.error('Neovim ' .. version .. ' is too old', 'Onrecord needs Neovim 0.11 or newer.')
  end
end

---@param name string
local function binary(name)
  local path = vim.fn.exepath(name)
  if path == '' then
    vim.health.error(("'%s' was not found"):format(name), {
      'Build and install it: `cargo install --path .` in the repository of Onrecord.',
      "Or say where it is: `vim.lsp.config('onrecord', { cmd = { '/path/to/onrecord', 'server' } })`.",
    })
    return
  end
  local ok, result = pcall(function()
    return vim.system({ path, '--version' }, { text = true, timeout = 5000 }):wait()
  end)
  if ok and result.code == 0 then
    vim.health.ok(('%s (%s)'):format(vim.trim(result.stdout), path))
  else
    vim.health.error(
      ("'%s --version' failed: %s"):format(path, ok and vim.trim(result.stderr) or result),
      'Is it built for this machine? Build it again: `cargo install --path .`.'
    )
  end
end

local function enabled()
  if vim.lsp.is_enabled and not vim.lsp.is_enabled('onrecord') then
    vim.health.warn('Onrecord is not enabled', "Put `vim.lsp.enable('onrecord')` into your init.lua.")
  else
    vim.health.ok('Onrecord is enabled')
  end
end

local function clients()
  local running = vim.lsp.get_clients({ name = 'onrecord' })
  if #running == 0 then
    vim.health.info('No server is running. It starts with the first article, text or Markdown file.')
  end
  for _, client in ipairs(running) do
    local names = {}
    for buffer in pairs(client.attached_buffers) do
      table.insert(names, vim.fn.fnamemodify(vim.api.nvim_buf_get_name(buffer), ':~:.'))
    end
    vim.health.ok(
      ('Server %d, folder %s, open: %s'):format(
        client.id,
        client.root_dir or '(none)',
        #names > 0 and table.concat(names, ', ') or 'nothing'
      )
    )
    local offered = require('onrecord.hints').offered(client)
    if #offered > 0 then
      local shown = vim.g.onrecord_hints and 'shown' or 'not shown (vim.g.onrecord_hints)'
      vim.health.info(('The server offers %s: %s'):format(table.concat(offered, ' and '), shown))
    end
  end
  local inline = vim.g.onrecord_inline ~= false
  vim.health.info('Messages in the text: ' .. (inline and 'on' or 'off (vim.g.onrecord_inline)'))
end

function M.check()
  vim.health.start('onrecord')
  neovim()
  binary(program(vim.lsp.config and vim.lsp.config.onrecord) or 'onrecord')
  enabled()
  clients()
end

return M
