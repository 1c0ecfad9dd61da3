@rem npm start says `exec` so that no shell stands between npm and the server when a signal comes;
@rem the shell of Windows knows no such word and finds this file.
@%*
