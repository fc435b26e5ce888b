import type { CommandAction, PageRoute } from '#web/page.ts'

export const pages: readonly PageRoute[] = [
  {
    path: '/setup',
    title: 'staff.set_up',
    may: 'open',
    load: async () => ({ default: (await import('./SetUpPage.tsx')).SetUpPage }),
  },
  {
    path: '/sign-in',
    title: 'staff.sign_in',
    may: 'open',
    load: async () => ({ default: (await import('./SignInPage.tsx')).SignInPage }),
  },
  {
    path: '/join',
    title: 'staff.join',
    may: 'open',
    load: async () => ({ default: (await import('./LinkPage.tsx')).LinkPage }),
  },
  {
    path: '/reset',
    title: 'staff.reset',
    may: 'open',
    load: async () => ({ default: (await import('./LinkPage.tsx')).LinkPage }),
  },
  {
    path: '/settings/account',
    title: 'staff.account',
    nav: { area: 'settings', order: 90, note: 'staff.account_note' },
    load: async () => ({ default: (await import('./AccountPage.tsx')).AccountPage }),
  },
  {
    path: '/settings/account/two-factor',
    title: 'staff.factor',
    load: async () => ({ default: (await import('./TwoFactorPage.tsx')).TwoFactorPage }),
  },
  {
    path: '/settings/staff',
    title: 'staff.title',
    nav: { area: 'settings', order: 30, note: 'staff.title_note' },
    may: 'staff.manage',
    load: async () => ({ default: (await import('./StaffPage.tsx')).StaffPage }),
  },
  {
    path: '/settings/staff/invite',
    title: 'staff.invite',
    may: 'staff.manage',
    load: async () => ({ default: (await import('./InvitePage.tsx')).InvitePage }),
  },
  {
    path: '/settings/staff/teams/new',
    title: 'staff.add_team',
    may: 'staff.manage',
    load: async () => ({ default: (await import('./TeamPage.tsx')).NewTeamPage }),
  },
  {
    path: '/settings/staff/teams/$id',
    title: 'staff.team',
    may: 'staff.manage',
    load: async () => ({ default: (await import('./TeamPage.tsx')).TeamPage }),
  },
  {
    path: '/settings/sight',
    title: 'staff.sight',
    nav: { area: 'settings', order: 32, note: 'staff.sight_note' },
    may: 'staff.manage',
    load: async () => ({ default: (await import('./SightPage.tsx')).SightPage }),
  },
  {
    path: '/settings/staff/$id',
    title: 'staff.person',
    may: 'staff.manage',
    load: async () => ({ default: (await import('./StaffMemberPage.tsx')).StaffMemberPage }),
  },
]

export const actions: readonly CommandAction[] = [
  { title: 'staff.invite', to: '/settings/staff/invite', may: 'staff.manage' },
]
