---@brief
---
--- Onrecord puts every claim in a news article on the record: who said it, how well they are
--- sourced, where they stand. See |onrecord|.
---
--- Plain text and Markdown are attached too: the server answers for those that are articles (a
--- `date` header, or an `onrecord.toml` that includes them) and gives empty answers for all others.
--- Of TOML and JSON files only `onrecord.toml`, `actors.toml`, baselines and what
--- stands beside an article (`NAME.article.json`) are attached.

local capabilities = vim.lsp.protocol.make_client_capabilities()
local tokens = vim.tbl_get(capabilities, 'textDocument', 'semanticTokens')
if tokens then
  -- Whoever does not know them is told standard types.
  vim.list_extend(tokens.tokenTypes, require('onrecord.colours').types)
end

---@type vim.lsp.Config
return {
  capabilities = { textDocument = { semanticTokens = tokens } },
  cmd = { 'onrecord', 'server' },
  filetypes = { 'article', 'text', 'markdown', 'toml', 'json' },
  root_dir = function(buffer, start)
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(buffer))
    local ours = name == 'onrecord.toml' or name == 'actors.toml' or vim.endswith(name, 'baseline.json')
      or vim.endswith(name, '.article.json')
    local type = vim.bo[buffer].filetype
    if type ~= 'toml' and type ~= 'json' or ours then
      start(vim.fs.root(buffer, { 'onrecord.toml', 'actors.toml', '.git' }))
    end
  end,
  on_init = function(client)
    require('onrecord.inline').start(client)
    require('onrecord.colours').start()
  end,
  on_attach = function(client, buffer)
    require('onrecord.hints').start(client, buffer)
  end,
}
