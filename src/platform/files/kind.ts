import { open } from 'node:fs/promises'
import { FileRefusal } from './file-refusal.ts'

/** What a file is by its first bytes, whatever its name says. */
export type FileKind = 'text' | 'gzip' | 'zip'

const oldOffice = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const encrypted = Buffer.from('EncryptedPackage', 'utf16le')

/** @throws FileRefusal files.empty, files.old_excel, files.locked */
export async function fileKind(path: string, file: string): Promise<{ kind: FileKind; size: number }> {
  const handle = await open(path)
  try {
    const { size } = await handle.stat()
    if (size === 0) throw new FileRefusal('files.empty', { file })
    const head = await bytesAt(0)
    if (head.subarray(0, 8).equals(oldOffice)) {
      // A workbook with a password is wrapped in the old format; its folder tells which of the two it is.
      const folder = head.length < 52 ? head : await bytesAt((head.readUInt32LE(48) + 1) * 512)
      throw new FileRefusal(folder.includes(encrypted) ? 'files.locked' : 'files.old_excel', { file })
    }
    if (head[0] === 0x1f && head[1] === 0x8b) return { kind: 'gzip', size }
    if (head.subarray(0, 4).equals(Buffer.from('PK\x03\x04', 'latin1'))) return { kind: 'zip', size }
    return { kind: 'text', size }
  } finally {
    await handle.close()
  }

  async function bytesAt(position: number): Promise<Buffer> {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, position)
    return buffer.subarray(0, bytesRead)
  }
}
