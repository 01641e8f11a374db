'use strict';

const REFRESH_MS = 1000;
const byId = id => document.getElementById(id);
let shown = '';
let listed = '';

const address = ({Name, Address}) => (Name ? `${Name} <${Address}>` : Address);

function entry(message) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.id = message.ID;
  button.textContent = message.Subject || '(no subject)';
  const details = document.createElement('small');
  details.textContent = `${message.To.map(address).join(', ')}, ${new Date(message.Created).toLocaleTimeString()}`;
  button.append(details);
  button.addEventListener('click', () => { location.hash = message.ID; });
  const item = document.createElement('li');
  item.append(button);
  return item;
}

function mark() {
  for (const button of byId('messages').querySelectorAll('button')) {
    button.setAttribute('aria-current', String(button.dataset.id === shown));
  }
}

async function refresh() {
  try {
    const {total, messages} = await (await fetch('/api/v1/messages?limit=200')).json();
    const ids = messages.map(message => message.ID).join();
    byId('total').textContent = total ? `(${total})` : '';
    byId('state').textContent = total ? '' : 'No mail yet.';
    if (ids !== listed) {
      listed = ids;
      byId('messages').replaceChildren(...messages.map(entry));
      mark();
    }
  } catch {
    byId('state').textContent = 'Latchkey does not answer.';
  }
  setTimeout(refresh, REFRESH_MS);
}

async function show() {
  const id = location.hash.slice(1);
  const answer = id ? await fetch(`/api/v1/message/${encodeURIComponent(id)}`) : null;
  byId('message').hidden = !answer?.ok;
  shown = answer?.ok ? id : '';
  mark();
  if (!answer?.ok) {
    return;
  }
  const message = await answer.json();
  byId('subject').textContent = message.Subject;
  byId('from').textContent = `From: ${address(message.From)}`;
  byId('to').textContent = `To: ${message.To.map(address).join(', ')}`;
  byId('created').textContent = new Date(message.Created).toLocaleString();
  byId('html').hidden = !message.HTML;
  byId('html').src = message.HTML ? `/mail/${encodeURIComponent(id)}/html` : 'about:blank';
  byId('text').textContent = message.Text;
  byId('raw').href = `/api/v1/message/${encodeURIComponent(id)}/raw`;
}

byId('clear').addEventListener('click', async () => {
  await fetch('/api/v1/messages', {method: 'DELETE'});
  location.hash = '';
});
byId('landed').addEventListener('input', ({target}) => {
  const code = /[?&]code=([A-Za-z0-9._~-]+)/.exec(target.value);
  byId('code').textContent = code ? code[1] : 'CODE';
});
window.addEventListener('hashchange', show);
show();
refresh();
