-- nvim-lspconfig's entry in a Neovim without the plugin: what it attaches to, and that the server answers.

local here = vim.fs.dirname(vim.fs.abspath(debug.getinfo(1, 'S').source:sub(2)))
local root = vim.fs.dirname(vim.fs.dirname(here))
vim.opt.runtimepath:append(root .. '/editors/neovim/upstream/nvim-lspconfig')
vim.filetype.add({ extension = { article = 'article' } })
vim.cmd('filetype on')
vim.lsp.enable('onrecord')

local folder = vim.fn.tempname()
vim.fn.mkdir(folder, 'p')

---@param name string
---@param text string
local function open(name, text)
  vim.fn.writefile({ text }, folder .. '/' .. name)
  vim.cmd.edit(folder .. '/' .. name)
end

---@param name string
---@param condition fun(): boolean
local function wait(name, condition)
  if not vim.wait(15000, condition, 20) then
    io.stderr:write('upstream: waited in vain for ', name, '\n')
    os.exit(1)
  end
end

local function clients()
  return #vim.lsp.get_clients({ bufnr = 0 })
end

open('other.toml', '')
local other = vim.api.nvim_get_current_buf()
for _, name in ipairs({ 'onrecord.toml', 'actors.toml' }) do
  open(name, '')
  wait(name, function()
    return clients() == 1
  end)
end
open('a.article', 'It is believed that the talks will go on.')
wait('a diagnostic', function()
  return clients() == 1 and #vim.diagnostic.get(0) > 0
end)
if #vim.lsp.get_clients({ bufnr = other }) > 0 then
  io.stderr:write('upstream: attached to a TOML file that is not its own\n')
  os.exit(1)
end
vim.fn.delete(folder, 'rf')
os.exit(0)
