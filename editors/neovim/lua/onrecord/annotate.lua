-- `:Onrecord annotate`, `mark` and the like: marks words and drafts the annotation of the article, by the server's code actions.

local M = {}

--- What words can be marked as.
M.classes = { 'claim', 'source', 'cue', 'actor', 'quote', 'own' }

local KINDS = {
  annotate = 'source.onrecord.annotate',
  remove = 'source.onrecord.removeDrafts',
  accept = 'refactor.rewrite.acceptDraft',
}

---@param words string[] what follows `:Onrecord`
---@return string? kind of the action
local function kind(words)
  if words[1] == 'mark' and vim.list_contains(M.classes, words[2]) then
    return 'refactor.rewrite.mark.' .. words[2]
  end
  return #words == 1 and KINDS[words[1]] or nil
end

--- The visual selection, as `vim.lsp.buf.code_action` takes it.
local function selection()
  local first, last = vim.fn.getpos("'<"), vim.fn.getpos("'>")
  -- Whole lines end far beyond what is there.
  local line = vim.fn.getline(last[2])
  return {
    start = { first[2], first[3] - 1 },
    ['end'] = { last[2], math.max(math.min(last[3], #line) - 1, 0) },
  }
end

--- Does what `command` says; false when that is nothing known here.
---@param command vim.api.keyset.create_user_command.command_args
---@return boolean
function M.run(command)
  local only = kind(command.fargs)
  if not only then
    return false
  end
  vim.lsp.buf.code_action({
    context = { only = { only }, diagnostics = {} },
    apply = true,
    range = command.range > 0 and selection() or nil,
  })
  return true
end

return M
