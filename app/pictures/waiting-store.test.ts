import { expect, test } from 'vitest'
import { WaitingStore } from './waiting-store.ts'

test('PICTURE-4 where a browser refuses all storage a page with pictures is drawn, and whoever keeps one hears of it', async () => {
  // Node has no IndexedDB: its name alone throws, as in a browser that refuses it.
  const store = new WaitingStore('ada')
  await expect(store.all()).rejects.toThrow('indexedDB')
  await expect(store.keep({ sha256: 'a', bytes: new Blob(), refused: null })).rejects.toThrow('indexedDB')
})
