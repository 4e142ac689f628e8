import { listRows } from '#domain/core/query.ts'
import { members, settings, tags } from './schema.ts'

/** Everybody's public face, the inactive ones too: past work keeps their name. */
export const membersList = () => listRows(members, ['username', 'role', 'isActive', 'createdAt'], {})

/** The team's settings. */
export const settingsList = () => listRows(settings, ['key', 'value', 'description'], {})

/** The texts people insert with @. */
export const tagsList = () => listRows(tags, ['tagName', 'content', 'version'], {})
