import { expect, test } from 'vitest'
import { type TestContext, useHouse } from '#platform/testing/index.ts'
import { editStaff } from '../edit-staff.ts'
import { saveSight, sightOf } from '../sight.ts'
import { staffActor } from '../staff.ts'
import { aStaff } from '../testing/index.ts'
import { listTeams } from './list-teams.ts'
import { addTeam, editTeam, removeTeam } from './save-team.ts'

const house = useHouse()

async function people(): Promise<{ ctx: TestContext; mei: number; ran: number; oni: number }> {
  const ctx = await house()
  const of = (email: string) => aStaff(ctx, { email, role: 'assistant' })
  return { ctx, mei: await of('mei@x.example'), ran: await of('ran@x.example'), oni: await of('oni@x.example') }
}

const seen = async (ctx: TestContext, id: number) => (await staffActor(ctx, id))!.scope

test('who sees the team’s customers sees those of its members from the next request on', async () => {
  const { ctx, mei, ran, oni } = await people()
  await editStaff(ctx, mei, { whose: 'team' }, 1)
  expect(await seen(ctx, mei)).toEqual({ kind: 'owners', staffIds: [mei] })

  const team = await addTeam(ctx, { name: 'Tea bar', leadId: null, memberIds: [mei, ran] })
  expect(await seen(ctx, mei)).toEqual({ kind: 'owners', staffIds: [mei, ran] })
  expect(await seen(ctx, ran)).toEqual({ kind: 'all' })

  await editTeam(ctx, team.version, { id: team.id, name: 'Tea bar', leadId: null, memberIds: [mei, oni] })
  expect(await seen(ctx, mei)).toEqual({ kind: 'owners', staffIds: [mei, oni] })
  await removeTeam(ctx, team.id)
  expect(await seen(ctx, mei)).toEqual({ kind: 'owners', staffIds: [mei] })
})

test('who sees the own customers sees no others; who leads a team sees the team’s', async () => {
  const { ctx, mei, ran } = await people()
  for (const id of [mei, ran]) await editStaff(ctx, id, { whose: 'own' }, 1)

  await addTeam(ctx, { name: 'Tea bar', leadId: mei, memberIds: [ran] })

  expect((await listTeams(ctx))[0]).toMatchObject({ leadId: mei, memberIds: [mei, ran] })
  expect(await seen(ctx, mei)).toEqual({ kind: 'owners', staffIds: [mei, ran] })
  expect(await seen(ctx, ran)).toEqual({ kind: 'owners', staffIds: [ran] })
})

test('whom somebody sees goes by shops or by people: the one ends the other, both at once are refused; an owner sees all', async () => {
  const { ctx, mei } = await people()

  expect(await editStaff(ctx, mei, { whose: 'own' }, 1)).toMatchObject({ whose: 'own', scopeShopIds: null })
  expect(await editStaff(ctx, mei, { scopeShopIds: [1] }, 2)).toMatchObject({ whose: 'all', scopeShopIds: [1] })
  expect(await editStaff(ctx, mei, { whose: 'team' }, 3)).toMatchObject({ whose: 'team', scopeShopIds: null })
  await expect(editStaff(ctx, mei, { whose: 'own', scopeShopIds: [1] }, 4)).rejects.toMatchObject({
    code: 'staff.shops_or_people',
  })
  expect(await editStaff(ctx, mei, { role: 'owner' }, 4)).toMatchObject({ role: 'owner', whose: 'all' })
})

test('a team’s name is its own, its people work here, and of two who change it at once the second is told', async () => {
  const { ctx, mei } = await people()
  const { id, version } = await addTeam(ctx, { name: 'Tea bar', leadId: null, memberIds: [mei] })
  const other = await addTeam(ctx, { name: 'Market', leadId: null, memberIds: [] })
  const wanted = { name: 'Tea bar', leadId: null, memberIds: [] }

  await expect(addTeam(ctx, wanted)).rejects.toMatchObject({ code: 'staff.team_taken' })
  await expect(editTeam(ctx, other.version, { ...wanted, id: other.id })).rejects.toMatchObject({
    code: 'staff.team_taken',
  })
  await expect(addTeam(ctx, { ...wanted, name: 'X', memberIds: [999] })).rejects.toMatchObject({
    code: 'staff.unknown',
  })
  await editTeam(ctx, version, { ...wanted, id })
  await expect(editTeam(ctx, version, { ...wanted, id })).rejects.toMatchObject({ code: 'http.stale' })
  await expect(removeTeam(ctx, 999)).rejects.toMatchObject({ code: 'staff.team_unknown' })
})

test('what a role is shown counts from the next request; an owner is shown all', async () => {
  const { ctx, mei } = await people()
  const owner = await aStaff(ctx, { email: 'owner@x.example', role: 'owner' })
  const { value } = await sightOf(ctx)
  expect((await staffActor(ctx, mei))!.sight).toMatchObject({ phone: 'reveal', notes: 'full' })

  await saveSight(ctx, { ...value, assistant: { ...value.assistant, notes: 'none' } }, 0)

  expect((await staffActor(ctx, mei))!.sight).toMatchObject({ phone: 'reveal', notes: 'none' })
  expect((await staffActor(ctx, owner))!.sight).toEqual({})
})
