import { listRows } from '#domain/core/query.ts'
import { members } from './schema.ts'

/** Everybody's public face, the inactive ones too: past work keeps their name. */
export const membersList = () => listRows(members, ['username', 'role', 'isActive', 'createdAt'], {})
