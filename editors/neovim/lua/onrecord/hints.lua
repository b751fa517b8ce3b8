-- Inlay hints and code lenses, where the server offers them and `vim.g.onrecord_hints` is true.
-- They put words between the words of a text, so they wait to be asked for.

local M = {}

local INLAY = 'textDocument/inlayHint'
local LENS = 'textDocument/codeLens'

---@param client vim.lsp.Client
---@return string[] what the server offers, in words
function M.offered(client)
  local out = {}
  for method, name in pairs({ [INLAY] = 'inlay hints', [LENS] = 'code lenses' }) do
    if client:supports_method(method) then
      table.insert(out, name)
    end
  end
  table.sort(out)
  return out
end

---@param buffer integer
local function keep_lenses(buffer)
  -- Neovim 0.12 keeps them fresh itself.
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = buffer })
    return
  end
  local function refresh()
    vim.lsp.codelens.refresh({ bufnr = buffer })
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged' }, {
    group = vim.api.nvim_create_augroup('onrecord.lenses.' .. buffer, {}),
    buffer = buffer,
    desc = 'Code lenses of the text as it is',
    callback = refresh,
  })
  refresh()
end

---@param client vim.lsp.Client
---@param buffer integer
function M.start(client, buffer)
  if not vim.g.onrecord_hints then
    return
  end
  if client:supports_method(INLAY) then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
  if client:supports_method(LENS) then
    keep_lenses(buffer)
  end
end

return M
