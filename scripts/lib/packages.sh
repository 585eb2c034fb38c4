# What Debian 12 must have to build, run and test. Sourced.

build_packages=(curl g++ cmake ninja-build pkg-config gettext nodejs npm postgresql-15 libpq-dev libpoco-dev libboost1.81-dev
  libboost-json1.81-dev libboost-locale1.81-dev libboost-filesystem1.81-dev libsodium-dev libicu-dev zlib1g-dev libmagic-dev
  libmd4c-dev libgmime-3.0-dev libssl-dev libgumbo-dev libytnef0-dev libseccomp-dev libetpan-dev libgnutls28-dev libqrencode-dev libical-dev
  chromium fonts-liberation) # these two print PDF documents
test_packages=(abigail-tools libgtest-dev libgmock-dev clang-14 openssl libc++-14-dev libc++abi-14-dev poppler-utils
  dovecot-imapd dovecot-pop3d zbar-tools postfix mariadb-server)

is_installed() {
  case $1 in # these two often come from elsewhere than Debian's packages
    nodejs) command -v node >/dev/null ;;
    npm) command -v npm >/dev/null ;;
    *) [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ] ;;
  esac
}

# install_packages NAME…: installs what is missing when it may; says what to type when it may not.
install_packages() {
  local missing=() package
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] && return
  local as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    if sudo -n true 2>/dev/null; then as_root=(sudo -n); else
      echo "These packages are missing. Install them, then start this again:" >&2
      echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
      exit 1
    fi
  fi
  echo "Installing packages: ${missing[*]}"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq
  # a mail server that tests start for themselves, not one of this machine
  if [[ " ${missing[*]} " == *" postfix "* ]]; then
    echo "postfix postfix/main_mailer_type select No configuration" | "${as_root[@]}" debconf-set-selections
  fi
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
