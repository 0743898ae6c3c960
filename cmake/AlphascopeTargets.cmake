# Helpers that give every target of ours the same flags, include root and precompiled header.

add_library(alphascope_flags INTERFACE)
target_include_directories(alphascope_flags INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_definitions(alphascope_flags INTERFACE QT_NO_KEYWORDS QT_NO_CAST_FROM_ASCII
  ALPHASCOPE_VERSION="${PROJECT_VERSION}")
target_compile_options(alphascope_flags INTERFACE -Wall -Wextra)
if(ALPHASCOPE_WERROR)
  target_compile_options(alphascope_flags INTERFACE -Werror)
endif()
if(ALPHASCOPE_SANITIZE)
  # The checks that a sanitizer puts in make GCC see uninitialised values where there are none.
  target_compile_options(alphascope_flags INTERFACE -fsanitize=${ALPHASCOPE_SANITIZE} -fno-omit-frame-pointer
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
  target_link_options(alphascope_flags INTERFACE -fsanitize=${ALPHASCOPE_SANITIZE})
endif()

# LibTorch's headers take 20 s and more to parse; one precompiled copy serves every target that needs them.
function(alphascope_use_torch_pch target)
  if(NOT TARGET alphascope_torch_pch)
    file(WRITE "${CMAKE_BINARY_DIR}/torch_pch.cpp" "// Carries the precompiled LibTorch header.\n")
    add_library(alphascope_torch_pch OBJECT "${CMAKE_BINARY_DIR}/torch_pch.cpp")
    target_link_libraries(alphascope_torch_pch PRIVATE alphascope_flags LibTorch::LibTorch)
    target_compile_options(alphascope_torch_pch PRIVATE -fPIC)
    target_precompile_headers(alphascope_torch_pch PRIVATE <models/libtorch.h>)
  endif()
  target_compile_options(${target} PRIVATE -fPIC)
  target_precompile_headers(${target} REUSE_FROM alphascope_torch_pch)
endfunction()

# alphascope_library(NAME SOURCES ... [PUBLIC libs...] [PRIVATE libs...] [TORCH])
function(alphascope_library name)
  cmake_parse_arguments(ARG "TORCH" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  target_link_libraries(${name} PUBLIC alphascope_flags ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  if(ALPHASCOPE_UNITY)
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 9)
  endif()
  if(ARG_TORCH)
    target_link_libraries(${name} PUBLIC LibTorch::LibTorch)
    alphascope_use_torch_pch(${name})
  endif()
endfunction()

# alphascope_test(NAME SOURCES ... LIBRARIES ... LABELS ... [TORCH] [GUI])
# One Qt Test program and its ctest entry. GUI tests run on the offscreen platform, whose own screen of 800 x 800
# pixels holds no window of ours: later versions of Qt would shrink what they restore.
function(alphascope_test name)
  cmake_parse_arguments(ARG "TORCH;GUI" "TIMEOUT" "SOURCES;LIBRARIES;LABELS" ${ARGN})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_link_libraries(${name} PRIVATE alphascope_flags ${ARG_LIBRARIES} Qt6::Test)
  if(ARG_TORCH)
    target_link_libraries(${name} PRIVATE LibTorch::LibTorch)
    alphascope_use_torch_pch(${name})
  endif()
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT ${ARG_TIMEOUT} SKIP_RETURN_CODE 77
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen:configfile=${CMAKE_SOURCE_DIR}/tests/support/screen.json;OMP_NUM_THREADS=2;QTEST_FUNCTION_TIMEOUT=900000;ALPHASCOPE_SOURCE_DIR=${CMAKE_SOURCE_DIR};TSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/thread_sanitizer.supp;LSAN_OPTIONS=suppressions=${CMAKE_SOURCE_DIR}/tests/support/leak_sanitizer.supp")
endfunction()
