-- `:Onrecord report`: the figures over the folder, in the browser.

local M = {}

---@return vim.lsp.Client?
local function server()
  local here = vim.lsp.get_clients({ name = 'onrecord', bufnr = 0 })
  return here[1] or vim.lsp.get_clients({ name = 'onrecord' })[1]
end

--- Asks the server for the page. It writes a file and has the editor open it.
function M.open()
  local client = server()
  if not client then
    vim.notify('Onrecord is not running: open an article first', vim.log.levels.WARN)
    return
  end
  client:request('workspace/executeCommand', {
    command = 'onrecord.report',
    arguments = { { folder = vim.uri_from_fname(client.root_dir or vim.fn.getcwd()), answer = 'file' } },
  }, function(refusal, uri)
    if refusal then
      vim.notify('Onrecord: ' .. refusal.message, vim.log.levels.WARN)
    else
      vim.notify('Onrecord: ' .. vim.uri_to_fname(uri))
    end
  end)
end

return M
