// Loaded before a server or runner that the launcher started: when the launcher is gone, however it went, the process on
// this leash ends too, in good order if it can. Without it, a launcher killed with -9 would leave both behind.
if (process.send) {
  process.on('disconnect', () => {
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 12_000).unref()
    process.kill(process.pid, 'SIGTERM')
  })
  process.channel?.unref()
}
