" Waits for what is reported about the buffer, writes it to standard output, and ends.
ALELint
" What is expected comes much sooner; nothing is believed only after a while.
for s:try in range(30)
  sleep 100m
  if !empty(getloclist(0))
    break
  endif
endfor
call writefile(map(getloclist(0), 'printf("%d:%d %s %s", v:val.lnum, v:val.col, v:val.type, v:val.text)'),
      \ '/dev/stdout')
quitall!
