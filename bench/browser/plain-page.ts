/**
 * The page to compare with: a bare socket to the bare relay and one line of text. A click sends as many bytes as an edit of
 * ours has; what arrives is written into the line. No document, no database, nothing kept.
 */
export const plainPage = (
  socket: string,
  bytes: number,
): string => `<!doctype html><title>plain</title><button>edit</button><p id="line">0</p><script>
const socket = new WebSocket(${JSON.stringify(socket)})
socket.binaryType = 'arraybuffer'
let sent = 0
document.querySelector('button').onclick = () => {
  const frame = new Uint8Array(${bytes})
  new DataView(frame.buffer).setUint32(0, ++sent)
  socket.send(frame)
}
socket.onmessage = ({ data }) => { document.querySelector('#line').textContent = String(new DataView(data).getUint32(0)) }
</script>`
