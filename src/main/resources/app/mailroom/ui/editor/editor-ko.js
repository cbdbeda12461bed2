/* TinyMCE's own words in Korean, as far as they can be seen here. */
window.mailroomKorean = {};
