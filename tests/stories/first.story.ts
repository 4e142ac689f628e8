import { expect } from '@playwright/test'
import { story } from '../harness/story.ts'
import { addCard, card, goTo, linkRepository, makeProject, moveByMenu, savedOnServer, signIn } from './steps.ts'

story('a person signs in, makes a project and moves a card', async ({ slipway, person }) => {
  const ada = await person('Ada')
  await signIn(ada.page, slipway.signInUrl)
  await makeProject(ada.page, 'Shop')
  await goTo(ada.page, 'Board')
  await addCard(ada.page, 'Backlog', 'Pay by card')
  await moveByMenu(ada.page, 'Pay by card', 'To do')
  await savedOnServer(ada.page)
  await expect(card(ada.page, 'Pay by card')).toBeVisible()
})
