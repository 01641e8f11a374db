// What a single-page app does with oidc-client-ts; its settings come in the page's own URL at first.
const { UserManager, WebStorageStateStore } = oidc;
const query = new URLSearchParams(location.search);
if (query.has('authority')) {
  sessionStorage.setItem('settings', location.search);
}
const settings = new URLSearchParams(sessionStorage.getItem('settings'));
const page = location.origin + location.pathname;
const manager = new UserManager({
  authority: settings.get('authority'),
  client_id: settings.get('client_id'),
  redirect_uri: page,
  post_logout_redirect_uri: page,
  scope: 'openid email',
  loadUserInfo: true,
  userStore: new WebStorageStateStore({ store: sessionStorage }),
});

function show(text) {
  document.getElementById('state').textContent = text;
}

async function showUser() {
  const user = await manager.getUser();
  show(user ? `signed in as ${user.profile.email}, ${user.refresh_token}` : 'signed out');
}

function on(id, action) {
  document.getElementById(id).addEventListener('click', () => {
    action().catch((error) => show(`failed: ${error.message}`));
  });
}

on('sign-in', () => manager.signinRedirect());
on('sign-out', () => manager.signoutRedirect());
on('renew', async () => {
  await manager.signinSilent();
  await showUser();
});

(async () => {
  if (query.has('code')) {
    await manager.signinCallback();
    history.replaceState({}, '', page);
  }
  await showUser();
})().catch((error) => show(`failed: ${error.message}`));
