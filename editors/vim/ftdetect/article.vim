autocmd BufRead,BufNewFile *.article setfiletype article
