/** A folder's name made of a project's: lower-case Latin letters, digits and dashes. */
export function folderName(projectName: string): string {
  const name = projectName
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
  return name || 'project'
}
