# SPDX-License-Identifier: Apache-2.0
#
# guichet_add_plugin(<id> MANIFEST <file> SOURCES <files...> [LINK <libs...>]
#     [SQL <dir>] [DEMO <dir>] [TEMPLATES <dir>] [I18N <dir>] [ASSETS <dir>] [EVENTS <dir>] [MAIL <dir>]
#     [PROGRAMS <targets...>] [TARGET <name>] [PACKAGE_DIR <dir>])
#
# Builds <id>'s library with the flags the host requires and lays out the package directory
# ${CMAKE_BINARY_DIR}/packages/<id>/ (or below GUICHET_PACKAGE_FOLDER) exactly as it is shipped. I18N holds <lang>.po files, compiled here.
# PROGRAMS are executables that the library starts; they are shipped in bin/ (Ctx::package_folder()).
# GUICHET_PLUGIN_ID and GUICHET_PLUGIN_VERSION are defined from the manifest, so that they cannot differ.

function(guichet_add_plugin id)
  cmake_parse_arguments(A "" "MANIFEST;SQL;DEMO;TEMPLATES;I18N;ASSETS;EVENTS;MAIL;TARGET;PACKAGE_DIR" "SOURCES;LINK;PROGRAMS" ${ARGN})
  set(target ${id})
  if(A_TARGET)
    set(target ${A_TARGET})
  endif()
  set(package ${CMAKE_BINARY_DIR}/packages/${id})
  if(GUICHET_PACKAGE_FOLDER)
    set(package ${GUICHET_PACKAGE_FOLDER}/${id})
  endif()
  if(A_PACKAGE_DIR)
    set(package ${A_PACKAGE_DIR})
  endif()
  get_filename_component(manifest ${A_MANIFEST} ABSOLUTE)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${manifest})
  file(READ ${manifest} manifest_text)
  string(JSON version GET "${manifest_text}" version)

  add_library(${target} MODULE ${A_SOURCES})
  set_target_properties(${target} PROPERTIES PREFIX "" OUTPUT_NAME plugin LIBRARY_OUTPUT_DIRECTORY ${package}
    C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON
    CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON LINK_DEPENDS ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map)
  target_link_libraries(${target} PRIVATE guichet::plugin-sdk ${A_LINK})
  target_compile_definitions(${target} PRIVATE GUICHET_PLUGIN_ID="${id}" GUICHET_PLUGIN_VERSION="${version}")
  list(LENGTH A_SOURCES source_count)
  if(source_count GREATER 3) # below that a precompiled header costs more than it saves
    target_precompile_headers(${target} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:<guichet/sdk/plugin.hpp$<ANGLE-R>>)
  endif()
  # Unique symbols and thread-locals with destructors keep a library mapped for ever (plugin-api/README.md).
  target_compile_options(${target} PRIVATE $<$<COMPILE_LANG_AND_ID:CXX,GNU>:-fno-gnu-unique>)
  target_link_options(${target} PRIVATE -Wl,--version-script=${CMAKE_CURRENT_FUNCTION_LIST_DIR}/plugin.map
    -Wl,--exclude-libs,ALL -Wl,-z,now -Wl,-z,relro)
  if(NOT GUICHET_SANITIZED) # a sanitized library leaves the sanitizer's symbols to the host
    target_link_options(${target} PRIVATE -Wl,-z,defs)
  endif()

  set(stamp ${CMAKE_CURRENT_BINARY_DIR}/${target}.package)
  set(inputs ${manifest})
  set(commands COMMAND ${CMAKE_COMMAND} -E copy_if_different ${manifest} ${package}/plugin.json)
  foreach(part SQL:sql DEMO:demo TEMPLATES:templates ASSETS:assets EVENTS:events MAIL:mail)
    string(REPLACE ":" ";" part ${part})
    list(GET part 0 arg)
    list(GET part 1 dir)
    if(A_${arg})
      get_filename_component(from ${A_${arg}} ABSOLUTE)
      file(GLOB_RECURSE files CONFIGURE_DEPENDS ${from}/*)
      list(APPEND inputs ${files})
      list(APPEND commands COMMAND ${CMAKE_COMMAND} -E rm -rf ${package}/${dir}
        COMMAND ${CMAKE_COMMAND} -E copy_directory ${from} ${package}/${dir})
    endif()
  endforeach()
  if(A_I18N)
    find_program(GUICHET_MSGFMT msgfmt REQUIRED)
    get_filename_component(from ${A_I18N} ABSOLUTE)
    file(GLOB catalogues CONFIGURE_DEPENDS ${from}/*.po)
    list(APPEND inputs ${catalogues})
    list(APPEND commands COMMAND ${CMAKE_COMMAND} -E make_directory ${package}/i18n)
    foreach(po ${catalogues})
      get_filename_component(language ${po} NAME_WE)
      list(APPEND commands COMMAND ${GUICHET_MSGFMT} --check-format -o ${package}/i18n/${language}.mo ${po})
    endforeach()
  endif()
  add_custom_command(OUTPUT ${stamp} ${commands} COMMAND ${CMAKE_COMMAND} -E touch ${stamp} DEPENDS ${inputs} VERBATIM)
  add_custom_target(${target}-package ALL DEPENDS ${stamp})
  add_dependencies(${target} ${target}-package)
  if(A_PROGRAMS)
    set_target_properties(${A_PROGRAMS} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${package}/bin)
    add_dependencies(${target} ${A_PROGRAMS})
  endif()
endfunction()

# guichet_use_services(<target> <plugin...>)
#
# Lets the target include the headers of services that these plugins offer: <plugin/service_v1.h>.
function(guichet_use_services target)
  foreach(plugin ${ARGN})
    set(folder ${GUICHET_SERVICES_DIR}/${plugin}/include)
    if(NOT IS_DIRECTORY ${folder})
      message(FATAL_ERROR "No service headers of '${plugin}' in ${GUICHET_SERVICES_DIR}")
    endif()
    target_include_directories(${target} PRIVATE ${folder})
  endforeach()
endfunction()
