import { implement } from '@orpc/server'
import { editedVersion, type RequestContext, tagVersion } from '#platform/http/index.ts'
import { addStaff } from './add-staff.ts'
import { changePassword } from './change-password.ts'
import { type Staff, staffContract } from './contract.ts'
import { currentSession } from './current-session.ts'
import { deactivateStaff, reactivateStaff } from './deactivate-staff.ts'
import { editMe } from './edit-me.ts'
import { editStaff } from './edit-staff.ts'
import { endSession } from './end-session.ts'
import { listSessions } from './list-sessions.ts'
import { listStaff, staffNames } from './list-staff.ts'
import { makeResetLink } from './make-reset-link.ts'
import { prove } from './own-password.ts'
import { readLink } from './read-link.ts'
import { beginFactor, confirmFactor, myFactor, renewRecoveryCodes, turnOffFactor } from './second-factor/my-factor.ts'
import { resetFactor } from './second-factor/reset-factor.ts'
import { rulesOf, saveRules } from './second-factor/rules.ts'
import { takeSecondStep } from './second-factor/second-step.ts'
import { endSessions, endThisSession } from './session.ts'
import { setUp } from './set-up.ts'
import { saveSight, sightOf } from './sight.ts'
import { signIn } from './sign-in.ts'
import { listTeams } from './teams/list-teams.ts'
import { addTeam, editTeam, removeTeam } from './teams/save-team.ts'
import { useLink } from './use-link.ts'
import { withdrawInvite } from './withdraw-invite.ts'

const api = implement(staffContract).$context<RequestContext>()

async function tagged(ctx: RequestContext, staff: Promise<Staff>): Promise<Staff> {
  const found = await staff
  tagVersion(ctx, found.version)
  return found
}

async function done(work: Promise<void>) {
  await work
  return {}
}

async function rulesTold(ctx: RequestContext, setting: ReturnType<typeof rulesOf>) {
  const { value, version } = await setting
  tagVersion(ctx, version)
  return { ...value, version }
}

async function sightTold(ctx: RequestContext, setting: ReturnType<typeof sightOf>) {
  const { value, version } = await setting
  tagVersion(ctx, version)
  return { roles: value, version }
}

export const staffRouter = api.router({
  session: api.session.handler(({ context }) => currentSession(context)),
  setUp: api.setUp.handler(({ context, input }) => setUp(context, input)),
  signIn: api.signIn.handler(({ context, input }) => signIn(context, input.email, input.password)),
  secondStep: api.secondStep.handler(({ context, input }) => takeSecondStep(context, input.token, input.code)),
  prove: api.prove.handler(({ context, input }) => done(prove(context, input.password))),
  signOut: api.signOut.handler(({ context }) => done(endThisSession(context))),

  sessions: api.sessions.handler(async ({ context }) => ({ items: await listSessions(context) })),
  endSession: api.endSession.handler(({ context, input }) => done(endSession(context, input.id))),
  endOtherSessions: api.endOtherSessions.handler(async ({ context }) => ({
    ended: await endSessions(context, context.actor.id ?? 0, context.request.headers),
  })),
  editMe: api.editMe.handler(({ context, input }) => editMe(context, input)),
  changePassword: api.changePassword.handler(({ context, input }) =>
    done(changePassword(context, input.current, input.password)),
  ),

  myFactor: api.myFactor.handler(({ context }) => myFactor(context)),
  beginFactor: api.beginFactor.handler(({ context }) => beginFactor(context)),
  confirmFactor: api.confirmFactor.handler(async ({ context, input }) => ({
    recoveryCodes: await confirmFactor(context, input.code),
  })),
  renewRecoveryCodes: api.renewRecoveryCodes.handler(async ({ context }) => ({
    recoveryCodes: await renewRecoveryCodes(context),
  })),
  turnOffFactor: api.turnOffFactor.handler(({ context, input }) => done(turnOffFactor(context, input.password))),

  names: api.names.handler(async ({ context }) => ({ items: await staffNames(context) })),
  list: api.list.handler(({ context }) => listStaff(context)),
  invite: api.invite.handler(({ context, input }) => addStaff(context, input)),
  withdrawInvite: api.withdrawInvite.handler(({ context, input }) => done(withdrawInvite(context, input.id))),
  resetLink: api.resetLink.handler(({ context, input }) => makeResetLink(context, input.id)),
  edit: api.edit.handler(({ context, input: { id, ...change } }) =>
    tagged(context, editStaff(context, id, change, editedVersion(context))),
  ),
  deactivate: api.deactivate.handler(({ context, input }) => tagged(context, deactivateStaff(context, input.id))),
  reactivate: api.reactivate.handler(({ context, input }) => tagged(context, reactivateStaff(context, input.id))),
  rules: api.rules.handler(({ context }) => rulesTold(context, rulesOf(context))),
  saveRules: api.saveRules.handler(({ context, input }) =>
    rulesTold(context, saveRules(context, input, editedVersion(context))),
  ),
  teams: api.teams.handler(async ({ context }) => ({ items: await listTeams(context) })),
  addTeam: api.addTeam.handler(({ context, input }) => addTeam(context, input)),
  editTeam: api.editTeam.handler(async ({ context, input }) => {
    const team = await editTeam(context, editedVersion(context), input)
    tagVersion(context, team.version)
    return team
  }),
  removeTeam: api.removeTeam.handler(({ context, input }) => done(removeTeam(context, input.id))),
  sight: api.sight.handler(({ context }) => sightTold(context, sightOf(context))),
  saveSight: api.saveSight.handler(({ context, input }) =>
    sightTold(context, saveSight(context, input.roles, editedVersion(context))),
  ),
  resetFactor: api.resetFactor.handler(({ context, input }) => done(resetFactor(context, input.id))),

  readLink: api.readLink.handler(({ context, input }) => readLink(context, input.token)),
  useLink: api.useLink.handler(({ context, input }) => useLink(context, input)),
})
