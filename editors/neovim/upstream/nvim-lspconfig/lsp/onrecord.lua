---@brief
---
--- https://github.com/onrecord/onrecord
---
--- Language server for news articles: warns about claims nobody is on record for, says on hover who
--- somebody is on the article's date, completes the tags of an annotated article.
---
--- `onrecord` can be installed with `cargo install onrecord`.
---
--- Plain text and Markdown are attached too. The server answers for those that are articles and gives
--- empty answers for all others. Of TOML and JSON files only `onrecord.toml`, `actors.toml`, baselines and what
--- stands beside an article (`NAME.article.json`) are attached.
---
--- The filetype `article` is not known to Neovim:
---
--- ```lua
--- vim.filetype.add({ extension = { article = 'article' } })
--- ```
---
--- Settings, all optional:
---
--- ```lua
--- vim.lsp.config('onrecord', {
---   settings = {
---     onrecord = {
---       ignore = { 'ATT02' },
---     },
---   },
--- })
--- ```

---@type vim.lsp.Config
return {
  cmd = { 'onrecord', 'server' },
  filetypes = { 'article', 'text', 'markdown', 'toml', 'json' },
  root_dir = function(bufnr, on_dir)
    local name = vim.fs.basename(vim.api.nvim_buf_get_name(bufnr))
    local ours = name == 'onrecord.toml' or name == 'actors.toml' or vim.endswith(name, 'baseline.json')
      or vim.endswith(name, '.article.json')
    local type = vim.bo[bufnr].filetype
    if type ~= 'toml' and type ~= 'json' or ours then
      on_dir(vim.fs.root(bufnr, { 'onrecord.toml', 'actors.toml', '.git' }))
    end
  end,
}
