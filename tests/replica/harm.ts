/** What may happen to the two files the tables are in: `other` is done to the one that is empty. */
export type Harm = 'remove' | 'overwrite' | 'cut' | 'flip' | 'garbage' | 'other'

/** Runs in a page without a leader: does something to the tables this origin keeps. Throws where there are none. */
export async function harmTables(harm: Harm): Promise<void> {
  type Folder = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> }
  const root = (await navigator.storage.getDirectory()) as Folder
  /** Waits for the files to be free: their leader has just been closed. */
  const patiently = async (act: () => Promise<unknown>): Promise<void> => {
    for (let tries = 0; tries < 200; tries++) {
      const isDone = await act().then(
        () => true,
        () => false,
      )
      if (isDone) return
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    throw new Error('The files stayed in use.')
  }
  const nonsense = (length: number): Uint8Array<ArrayBuffer> => new Uint8Array(length).map((_, at) => (at * 131) % 251)
  const write = async (file: FileSystemFileHandle): Promise<void> => {
    const { size } = await file.getFile()
    if ((size === 0) !== (harm === 'other')) return
    const writable = await file.createWritable({ keepExistingData: true })
    if (harm === 'cut') await writable.truncate(size >> 1)
    else if (harm === 'overwrite') await writable.write({ type: 'write', position: size >> 1, data: 'words that belong to nobody' })
    else if (harm === 'other') await writable.write({ type: 'write', position: 0, data: nonsense(50_000) })
    else if (harm === 'garbage') await writable.write({ type: 'write', position: 0, data: nonsense(size) })
    else {
      const bytes = new Uint8Array(await (await file.getFile()).arrayBuffer())
      for (const at of [0, 13, 100, size >> 2, size - 1]) bytes[at] = (bytes[at] ?? 0) ^ 0x10
      await writable.write({ type: 'write', position: 0, data: bytes })
    }
    await writable.close()
  }
  let found = 0
  for await (const name of root.keys()) {
    found++
    if (harm === 'remove') await patiently(() => root.removeEntry(name, { recursive: true }))
    else {
      const folder = (await root.getDirectoryHandle(name)) as Folder
      for await (const fileName of folder.keys()) await patiently(async () => write(await folder.getFileHandle(fileName)))
    }
  }
  if (found !== 1) throw new Error(`There were ${found} databases.`)
}
