call onrecord#Define('markdown')
