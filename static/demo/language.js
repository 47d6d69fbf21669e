// Before anything is painted: the page's language and theme, as the address says.
{
  const wanted = new URLSearchParams(location.search);
  const page = document.documentElement;
  page.lang = wanted.get('lang') || 'en';
  page.dir = /^(ar|fa|he|ur)\b/.test(page.lang) ? 'rtl' : 'ltr';
  page.dataset.theme = wanted.get('theme') || 'auto';
}
