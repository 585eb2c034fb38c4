# SPDX-License-Identifier: Apache-2.0
include("${CMAKE_CURRENT_LIST_DIR}/guichet-plugin-sdk-targets.cmake")
include("${CMAKE_CURRENT_LIST_DIR}/GuichetAddPlugin.cmake")
get_filename_component(GUICHET_SERVICES_DIR "${CMAKE_CURRENT_LIST_DIR}/../../../include/guichet-services" ABSOLUTE)
