---@brief
---
--- Onrecord puts every claim in a news article on the record: who said it, how well they are
--- sourced, where they stand. See |onrecord|.
---
--- Plain text and Markdown are attached too: the server answers for those that are articles (a
--- `date` header, or an `onrecord.toml` that includes them) and gives empty answers for all others.

---@type vim.lsp.Config
return {
  cmd = { 'onrecord', 'server' },
  filetypes = { 'article', 'text', 'markdown' },
  root_markers = { 'onrecord.toml', 'actors.toml', '.git' },
  on_init = function(client)
    require('onrecord.inline').start(client)
  end,
}
