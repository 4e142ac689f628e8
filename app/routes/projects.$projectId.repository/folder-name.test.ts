import { expect, it } from 'vitest'
import { folderName } from './folder-name.ts'

it('is a plain folder name in any script', () => {
  expect(['Web Shop', '  Größe & Maß! ', '店', '../../etc'].map(folderName)).toEqual(['web-shop', 'gro-e-ma', 'project', 'etc'])
})
