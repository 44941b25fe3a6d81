// What a strong Node engineer would write: Socket.IO, better-sqlite3, a group commit, and one event for
// everybody after each.
//
//   DATABASE=gym.db PORT=5603 node socketio.cjs
'use strict'

const { createServer } = require('node:http')
const { Server } = require('socket.io')
const { Gym } = require('./gym.cjs')

const { DATABASE, PORT } = process.env
const http = createServer()
const io = new Server(http, { transports: ['websocket'], serveClient: false })

function publish ({ seq, writes }) {
  for (const { answer, record } of writes) answer({ ok: true, data: record, errors: {} })
  const changes = writes.map(({ record }) => ({ channel: 'coaches', type: 'put', id: record.id, record }))
  io.emit('changes', { seq, changes })
}

function refuse (answer, line) {
  answer({ ok: false, data: null, errors: { errors: line } })
}

const gym = new Gym(DATABASE, publish, refuse)

// As Socket.IO's manual advises: else each connection keeps its first HTTP request.
io.engine.on('connection', (connection) => { connection.request = null })
io.on('connection', (socket) => {
  socket.emit('sync', gym.snapshot())
  socket.on('update_coach', (data, answer) => gym.submit(data, typeof answer === 'function' ? answer : () => {}))
})
http.listen(Number(PORT), '127.0.0.1')
