export { type Archive, openArchive } from './read-archive.ts'
export { type ArchiveWriter, archiveWriter, type Part, type Piece } from './write-archive.ts'
