module.exports = require('./index.mjs')
