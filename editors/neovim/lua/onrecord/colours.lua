-- The colours of an article's own semantic tokens: those of what is nearest in any colour scheme.

local M = {}

local LINKS = {
  actor = 'Type',
  source = 'Identifier',
  cue = 'Statement',
  claim = 'String',
  quote = 'String',
  own = 'Special',
  missing = 'WarningMsg',
}

---@type string[] the types, as the server is told that they are known here
M.types = vim.tbl_keys(LINKS)

local function define()
  for type, group in pairs(LINKS) do
    vim.api.nvim_set_hl(0, '@lsp.type.' .. type, { default = true, link = group })
  end
end

function M.start()
  define()
  vim.api.nvim_create_autocmd('ColorScheme', {
    group = vim.api.nvim_create_augroup('onrecord.colours', {}),
    desc = "Colours of an article's own semantic tokens",
    callback = define,
  })
end

return M
