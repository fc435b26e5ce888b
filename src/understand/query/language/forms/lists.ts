import { stages, valueClasses } from '../../contract.ts'
import { readList, readNames, readSure, sureWritten } from '../clauses.ts'
import { form } from '../form.ts'
import { textWords, wordsIn } from '../words.ts'
import { listWritten, nameWritten, textWritten } from '../written.ts'

/** `stage in (silent, sleeping)`, `city = 上海`, `tag = VIP`: one of some. */
export const lists = [
  form({
    is: ['stage'],
    heads: ['stage'],
    read: (reader) => ({ is: 'stage', in: readList(reader, () => reader.mustWord(...stages)) }),
    write: (one) => `stage ${listWritten(one.in)}`,
  }),
  form({
    is: ['class'],
    heads: ['class'],
    read: (reader) => ({ is: 'class', in: readList(reader, () => reader.mustWord(...valueClasses)) }),
    write: (one) => `class ${listWritten(one.in)}`,
  }),
  form({
    is: ['text'],
    heads: wordsIn(textWords),
    read: (reader, head) => ({
      is: 'text',
      field: textWords[head as keyof typeof textWords],
      in: readList(reader, () => reader.text(head)),
      ...readSure(reader),
    }),
    write: (one) => `${one.field} ${listWritten(one.in.map(textWritten))}${sureWritten(one)}`,
  }),
  form({
    is: ['owner'],
    heads: ['owner'],
    read: (reader) => ({ is: 'owner', in: readNames(reader, 'staff') }),
    write: (one, names) => `owner ${listWritten(one.in.map((id) => nameWritten(names, 'staff', id)))}`,
  }),
  form({
    is: ['tagged'],
    heads: ['tag'],
    read: (reader) => ({ is: 'tagged', in: readNames(reader, 'tag') }),
    write: (one, names) => `tag ${listWritten(one.in.map((id) => nameWritten(names, 'tag', id)))}`,
  }),
  form({
    is: ['shop'],
    heads: ['shop'],
    read: (reader) => ({ is: 'shop', in: readNames(reader, 'shop') }),
    write: (one, names) => `shop ${listWritten(one.in.map((id) => nameWritten(names, 'shop', id)))}`,
  }),
  form({
    is: ['snapshot'],
    heads: ['snapshot'],
    read: (reader) => ({ is: 'snapshot', in: readNames(reader, 'snapshot') }),
    write: (one, names) => `snapshot ${listWritten(one.in.map((id) => nameWritten(names, 'snapshot', id)))}`,
  }),
  form({
    is: ['state'],
    heads: ['state'],
    read: (reader) => ({ is: 'state', in: readNames(reader, 'state') }),
    write: (one, names) => `state ${listWritten(one.in.map((id) => nameWritten(names, 'state', id)))}`,
  }),
  form({
    is: ['picked'],
    heads: ['picked', 'kept_out'],
    read: (reader, head) => ({
      is: 'picked',
      in: readNames(reader, 'segment'),
      ...(head === 'kept_out' ? { out: true } : {}),
    }),
    write: (one, names) =>
      `${one.out ? 'kept_out' : 'picked'} ${listWritten(one.in.map((id) => nameWritten(names, 'segment', id)))}`,
  }),
  form({
    is: ['segment'],
    heads: ['segment'],
    read: (reader) => ({ is: 'segment', in: readNames(reader, 'segment') }),
    write: (one, names) => `segment ${listWritten(one.in.map((id) => nameWritten(names, 'segment', id)))}`,
  }),
]
