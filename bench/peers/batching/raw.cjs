// The same with as little between the rows and the sockets as Node allows: Socket.IO's wire is spoken by hand over
// `ws`, and what everybody gets is framed once and handed to the kernel for each socket, past Node's streams.
//
//   DATABASE=gym.db PORT=5604 node raw.cjs
'use strict'

const { randomUUID } = require('node:crypto')
const { writeSync } = require('node:fs')
const { Sender, WebSocketServer } = require('ws')
const { Gym } = require('./gym.cjs')

const { DATABASE, PORT } = process.env
const PING_MILLISECONDS = 25_000
const MOST_BYTES = 1_000_000
const MOST_BACKLOG = 4_000_000
const WRITE = /^42(\d*)(\["update_coach",.*\])$/s
const joined = new Set()
let sync = { of: null, frame: null }

function framed (text) {
  const options = { fin: true, rsv1: false, opcode: 1, mask: false, readOnly: true }
  return Buffer.concat(Sender.frame(Buffer.from(text), options))
}

function sendSnapshot (socket) {
  const snapshot = gym.snapshot()
  if (sync.of !== snapshot) sync = { of: snapshot, frame: framed(`42["sync",${JSON.stringify(snapshot)}]`) }
  write(socket._socket, sync.frame)
}

// What the kernel does not take at once waits in the stream, as does all that comes after it.
function write (socket, frame) {
  let taken = 0
  if (socket.writableLength > MOST_BACKLOG) {
    socket.destroy()
  } else if (socket.writableLength === 0 && socket._handle !== null) {
    try {
      taken = writeSync(socket._handle.fd, frame)
    } catch (error) {
      if (error.code !== 'EAGAIN') socket.destroy(error)
    }
  }
  if (taken < frame.length && !socket.destroyed) socket.write(frame.subarray(taken))
}

function toAll (text) {
  const frame = framed(text)
  for (const { _socket: socket } of joined) write(socket, frame)
}

function publish ({ seq, writes }) {
  const changes = []
  for (const { answer: { socket, number }, record } of writes) {
    const json = JSON.stringify(record)
    socket.send(`43${number}[{"ok":true,"data":${json},"errors":{}}]`)
    changes.push(`{"channel":"coaches","type":"put","id":${record.id},"record":${json}}`)
  }
  toAll(`42["changes",{"seq":${seq},"changes":[${changes.join()}]}]`)
}

function refuse ({ socket, number }, line) {
  socket.send(`43${number}[${JSON.stringify({ ok: false, data: null, errors: { errors: line } })}]`)
}

const gym = new Gym(DATABASE, publish, refuse)

function receive (socket, text) {
  if (text === '3') {
    socket.isAlive = true
    return
  }
  if (text.startsWith('40') && !joined.has(socket)) {
    socket.send(`40{"sid":"${randomUUID()}"}`)
    sendSnapshot(socket)
    joined.add(socket)
    return
  }
  const write = WRITE.exec(text)
  if (write === null || !joined.has(socket)) {
    socket.close(1002)
    return
  }
  gym.submit(JSON.parse(write[2])[1], { socket, number: write[1] })
}

const server = new WebSocketServer({
  host: '127.0.0.1', port: Number(PORT), path: '/socket.io/', perMessageDeflate: false, maxPayload: MOST_BYTES
})
server.on('connection', (socket) => {
  socket.isAlive = true
  socket.on('close', () => joined.delete(socket))
  socket.on('error', () => socket.terminate())
  socket.on('message', (data) => {
    try {
      receive(socket, data.toString())
    } catch {
      socket.close(1002)
    }
  })
  const times = { pingInterval: PING_MILLISECONDS, pingTimeout: 20_000, maxPayload: MOST_BYTES }
  socket.send('0' + JSON.stringify({ sid: randomUUID(), upgrades: [], ...times }))
})
setInterval(() => {
  for (const socket of server.clients) {
    if (!socket.isAlive) socket.terminate()
    else if (joined.has(socket)) socket.send('2')
    socket.isAlive = false
  }
}, PING_MILLISECONDS)
